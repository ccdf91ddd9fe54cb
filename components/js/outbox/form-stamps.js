// Fetch stamps: they tell Haren that a report was not made by a machine. A page carries one. A report made without a
// network, or on a page that was open for long, gets one before it is sent.

import { fetchStamp } from "./delivery.js";

const VALID_FOR = 20 * 3_600_000;
const REPORTS_PER_STAMP = 8;
const STAMPS_AT_ONCE = 5;
const MINIMUM_AGE = 1_200;

export function needsStamp({ stamp, answer }, now = Date.now()) {
  return Boolean(stamp) && !answer && !(stamp.value && stamp.at <= now && now - stamp.at < VALID_FOR);
}

// Return { stamps } by item id for as many items as a few stamps can serve, or { trouble, retryAfter }.
export async function fetchStamps(items) {
  const batch = items.slice(0, STAMPS_AT_ONCE * REPORTS_PER_STAMP);
  const outcomes = await Promise.all(Array.from({ length: Math.ceil(batch.length / REPORTS_PER_STAMP) }, fetchStamp));
  const failed = outcomes.find(({ answer }) => !answer);
  if (failed) return { trouble: failed.trouble ?? "strange", retryAfter: failed.retryAfter };
  const at = Date.now();
  const stamp = (index) => ({ value: outcomes[Math.floor(index / REPORTS_PER_STAMP)].answer.stamp, at });
  return { stamps: new Map(batch.map(({ id }, index) => [id, { stamp: stamp(index) }])) };
}

// The server takes what comes within a second of its page for automatic.
export async function waitForMinimumAge({ stamp }) {
  const remaining = (stamp?.at ?? 0) + MINIMUM_AGE - Date.now();
  if (remaining > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(remaining, MINIMUM_AGE)));
}
