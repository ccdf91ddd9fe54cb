// When something is tried again: soon at first, later each time, and nothing before what was to be sent earlier.

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;

// Not all phones at the same moment. `after` is what the server asks for.
export function retryDelay(tries, retryAfter = 0) {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(tries, 20), LONGEST_PAUSE);
  return Math.min(Math.max(pause * (0.75 + Math.random() / 2), retryAfter), 2 * LONGEST_PAUSE);
}

// A clock that was set back must not make anything wait for days.
export function plausibleTime(moment) {
  return moment - Date.now() > 2 * LONGEST_PAUSE ? 0 : moment;
}

// What may go now, of all items in their order; what waits for its next try, but for an eager sender.
export function dueItems(items, force) {
  const blocked = new Set();
  return items.filter(({ state, group, next_at }) => {
    if (state !== "waiting" || blocked.has(group)) return false;
    if (!force && plausibleTime(next_at) > Date.now()) blocked.add(group);
    return !blocked.has(group);
  });
}

// When the first of these may be tried; Infinity where none waits.
export function nextAttemptAt(items) {
  const seen = new Set();
  const first = items.filter(({ state, group }) => state === "waiting" && !seen.has(group) && seen.add(group));
  return Math.min(...first.map(({ next_at }) => plausibleTime(next_at)));
}

// What an item becomes that could not go now.
export function postponed(trouble, tries, affectsAll, retryAfter) {
  return { trouble, tries: tries + 1, next_at: affectsAll ? 0 : Date.now() + retryDelay(tries, retryAfter) };
}
