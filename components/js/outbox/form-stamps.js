// Stamps: what tells Haren that a report was not made by a machine. A page carries one; what was made without a network, or on a
// page that was left open for long, gets one before it is sent.

import { fetchStamp } from "./delivery.js";

const GOOD_FOR = 20 * 3_600_000;
const REPORTS_EACH = 8;
const AT_ONCE = 5;
const RIPE_AFTER = 1_200;

export function needsStamp({ stamp, answer }, now = Date.now()) {
  return Boolean(stamp) && !answer && !(stamp.value && stamp.at <= now && now - stamp.at < GOOD_FOR);
}

// New stamps for as many of these as a few can serve, as { stamps } by id, or the trouble with them.
export async function fetchStamps(items) {
  const served = items.slice(0, AT_ONCE * REPORTS_EACH);
  const outcomes = await Promise.all(Array.from({ length: Math.ceil(served.length / REPORTS_EACH) }, fetchStamp));
  const failed = outcomes.find(({ answer }) => !answer);
  if (failed) return { trouble: failed.trouble ?? "strange", after: failed.after };
  const at = Date.now();
  const stamp = (place) => ({ value: outcomes[Math.floor(place / REPORTS_EACH)].answer.stamp, at });
  return { stamps: new Map(served.map(({ id }, place) => [id, { stamp: stamp(place) }])) };
}

// Nobody reads a page and taps within a second of it.
export async function waitForMinimumAge({ stamp }) {
  const left = (stamp?.at ?? 0) + RIPE_AFTER - Date.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(left, RIPE_AFTER)));
}
