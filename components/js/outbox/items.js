// Add, replace and remove items of the outbox within one transaction.

import { resultOf } from "./database.js";
import { CLASH } from "./delivery.js";
import { deleteItem } from "./photos.js";

export const WAITING = { state: "waiting", why: "", field: "", status: 0, trouble: "", tries: 0, next_at: 0 };

// Adding is idempotent: what waits under this id goes on waiting, and what was refused is tried once more. Where
// `isSame(existing)` is false, the new content replaces what waits, unless that may have arrived; then nothing is
// stored. `inTransaction` makes more changes in the same transaction. Return true if the item is stored.
export async function addItem(stores, item, photo, { inTransaction = () => {}, isSame = () => true } = {}) {
  const existing = await findItem(stores, item.id);
  const [isWaiting, isDifferent] = [existing?.state === "waiting", existing && !isSame(existing)];
  if (isWaiting && isDifferent && mayHaveArrived(existing)) return false;
  await inTransaction(stores);
  if (isWaiting && !isDifferent) return true;
  const newItem = { made_at: Date.now(), photo: Boolean(photo), ...item, ...WAITING };
  await resultOf(stores.items.put(existing ? { ...newItem, place: existing.place, begun: attemptCount(existing) } : newItem));
  if (photo) await resultOf(stores.photos.put(photo, item.id));
  return true;
}

// Remove a refused item. `inTransaction` moves its content and photos elsewhere. Return false where another tab was
// faster.
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

// An answer may be lost. What was sent may have arrived, unless there was one attempt and it was refused.
export function mayHaveArrived(item) {
  const isRefused = item.state === "refused" && attemptCount(item) <= 1 && item.status !== CLASH;
  return Boolean(item.answer) || (attemptCount(item) > 0 && !isRefused);
}

// Earlier versions stored only `tries`, the attempts that failed.
export function attemptCount({ begun, tries }) {
  return begun ?? tries;
}

function findItem({ items }, id) {
  return resultOf(items.index("id").get(id));
}
