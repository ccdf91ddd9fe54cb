// Decide when to try again: soon at first, later each time, and in the order of each group.

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;

// The random factor keeps phones from trying at the same moment. `retryAfter` is what the server asks for. All times
// are in ms.
export function retryDelay(tries, retryAfter = 0) {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(tries, 20), LONGEST_PAUSE);
  return Math.min(Math.max(pause * (0.75 + Math.random() / 2), retryAfter), 2 * LONGEST_PAUSE);
}

// Return 0 for a time that is too far away. A clock that was set back must not make anything wait for days.
export function plausibleTime(moment) {
  return moment - Date.now() > 2 * LONGEST_PAUSE ? 0 : moment;
}

// Return the items that may be sent now, in their order. `force` ignores the waiting times.
export function dueItems(items, force) {
  const blocked = new Set();
  return items.filter(({ state, group, next_at }) => {
    if (state !== "waiting" || blocked.has(group)) return false;
    if (!force && plausibleTime(next_at) > Date.now()) blocked.add(group);
    return !blocked.has(group);
  });
}

// Return when the first item may be tried, or Infinity where none waits.
export function nextAttemptAt(items) {
  const seen = new Set();
  const first = items.filter(({ state, group }) => state === "waiting" && !seen.has(group) && seen.add(group));
  return Math.min(...first.map(({ next_at }) => plausibleTime(next_at)));
}

// Return the fields of an item that could not be sent now.
export function postponed(trouble, tries, affectsAll, retryAfter) {
  return { trouble, tries: tries + 1, next_at: affectsAll ? 0 : Date.now() + retryDelay(tries, retryAfter) };
}
