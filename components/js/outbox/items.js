// How things get into the outbox and out of it again, in the stores of one transaction.

import { resultOf } from "./database.js";
import { CLASH } from "./delivery.js";
import { deleteItem } from "./photos.js";

export const WAITING = { state: "waiting", why: "", field: "", status: 0, trouble: "", tries: 0, next_at: 0 };

// The same id is the same thing again: what waits goes on waiting, what was refused is tried once more. Where `isSame(kept)` says
// that other words wait there, these take their place as long as none can have arrived; else nothing is kept. What `also` does to
// the stores happens with it. Returns whether it is kept.
export async function addItem(stores, item, photo, { inTransaction = () => {}, isSame = () => true } = {}) {
  const existing = await findItem(stores, item.id);
  const [isWaiting, isDifferent] = [existing?.state === "waiting", existing && !isSame(existing)];
  if (isWaiting && isDifferent && mayHaveArrived(existing)) return false;
  await inTransaction(stores);
  if (isWaiting && !isDifferent) return true;
  const fresh = { made_at: Date.now(), photo: Boolean(photo), ...item, ...WAITING };
  await resultOf(stores.items.put(existing ? { ...fresh, place: existing.place, begun: attemptCount(existing) } : fresh));
  if (photo) await resultOf(stores.photos.put(photo, item.id));
  return true;
}

// Something that was refused goes back to where it was written: `also` gives it its new place, together with its photos. Returns
// whether it was there: another tab may have been faster.
export async function removeRefused(stores, id, inTransaction) {
  const item = await findItem(stores, id);
  if (item?.state !== "refused") return false;
  stores.items.delete(item.place);
  await inTransaction(stores, item);
  return true;
}

export async function replaceItem(stores, id, item) {
  const photo = await resultOf(stores.photos.get(id));
  await deleteItem(stores, id);
  await resultOf(stores.items.put({ made_at: Date.now(), photo: Boolean(photo), ...item, ...WAITING }));
  if (photo) await resultOf(stores.photos.put(photo, item.id));
}

export async function removeItem(stores, id, inTransaction = () => {}) {
  const item = await findItem(stores, id);
  if (item) inTransaction(stores, item);
  await deleteItem(stores, id);
}

// An answer may be lost on the way: whatever has set out may have arrived, unless the one attempt there was has been refused.
export function mayHaveArrived(item) {
  const isRefused = item.state === "refused" && attemptCount(item) <= 1 && item.status !== CLASH;
  return Boolean(item.answer) || (attemptCount(item) > 0 && !isRefused);
}

// Earlier versions counted only those that had come to nothing.
export function attemptCount({ begun, tries }) {
  return begun ?? tries;
}

function findItem({ items }, id) {
  return resultOf(items.index("id").get(id));
}
