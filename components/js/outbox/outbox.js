// The outbox: what is written is stored here first and leaves only after an answer that names its id. So each item arrives
// exactly once, whatever the network does. Pages and the service worker share it.
//
// An item is { id, kind, group, url, method, body, language, stamp?, about, person?, photos?, photo_url? }. Items of one group are sent in
// their order. `photos` is how many photos there are, stored under their numbers. A photo without a number is stored under the
// item's id, and `photo` is true. The outbox adds place, made_at, state ("waiting" or "refused"), why, field, status, trouble,
// tries, next_at, photo, begun (the number of attempts), answer (once all but the photos has arrived) and arrived (the numbers
// of the photos that have arrived).

import { dueItems, nextAttemptAt, plausibleTime, postponed, retryDelay } from "./backoff.js";
import { Database, resultOf } from "./database.js";
import { deliver } from "./delivery.js";
import { fetchStamps, needsStamp, waitForMinimumAge } from "./form-stamps.js";
import { addItem, attemptCount, removeItem, removeRefused, replaceItem, WAITING } from "./items.js";
import { deleteItem, deliverPhotos, toRecord, unsentPhotoKeys } from "./photos.js";
import { isActive, SenderLock } from "./sender-lock.js";

const CHANNEL = "haren:outbox";
const SHORTEST_WAIT = 250;
const LOCK_RETRY = 1_000;

export class Outbox {
  constructor() {
    this.database = new Database();
    this.lock = new SenderLock(this.database);
    this.listeners = new Set();
    // Safari before 15.4 has none: a page knows only of its own changes there.
    this.channel = globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
    if (this.channel) this.channel.onmessage = ({ data }) => this.receive(data);
  }

  // Store an item to be sent. It is safe once this resolves. Rejects where the browser stores nothing. `options` and
  // the result are those of `addItem`.
  async put(item, photo = null, options = {}) {
    const record = photo && (await toRecord(photo));
    const isStored = await this.database.writeDurably((stores) => addItem(stores, item, record, options));
    this.publish({ changed: true });
    return isStored;
  }

  // Return all items, oldest first. `sending` marks the one under way.
  async items() {
    const [items, lock] = await this.database.read(({ items, notes }) =>
      Promise.all([resultOf(items.getAll()), resultOf(notes.get("lease"))]),
    );
    return items.map((item) => ({ ...item, sending: isActive(lock) && lock.item === item.id }));
  }

  async photoBlob(key) {
    const photo = await this.photoRecord(key);
    return photo && new Blob([photo.bytes], { type: photo.type });
  }

  photoRecord(key) {
    return this.database.read(({ photos }) => resultOf(photos.get(key)));
  }

  // Replace a photo that is still there.
  replacePhoto(key, record) {
    return this.database.write(async ({ photos }) => {
      if (await resultOf(photos.get(key))) photos.put(record, key);
    });
  }

  // Return the note that tells this database from one that was created after the browser had cleared it.
  databaseId() {
    return this.database.read(({ notes }) => resultOf(notes.get("born")));
  }

  // `inTransaction` makes more changes in the same transaction.
  async remove(id, inTransaction) {
    await this.database.write((stores) => removeItem(stores, id, inTransaction));
    this.publish({ changed: true });
  }

  // Take a refused item out of the outbox; see `removeRefused`.
  async takeBack(id, inTransaction) {
    const isRemoved = await this.database.writeDurably((stores) => removeRefused(stores, id, inTransaction));
    this.publish({ changed: true });
    return isRemoved;
  }

  // Replace a refused item. The new one takes over the photo.
  async replace(id, item) {
    await this.database.writeDurably((stores) => replaceItem(stores, id, item));
    this.publish({ changed: true });
    await this.flush({ now: true });
  }

  async retry(id) {
    await this.update(new Map([[id, WAITING]]));
    await this.flush({ now: true });
  }

  // Listen for { changed }, { sent: { id, answer } }, { refused: id } and { stopped: trouble }, from any tab. Return
  // a function that ends it.
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Send what is due, or with `now` all that waits. Resolves when no more can be done at present.
  flush({ now = false } = {}) {
    this.isRequested = true;
    this.force ||= now;
    this.running ??= this.sendWhileRequested()
      .catch(() => this.publish({ stopped: "storage" }))
      .finally(() => {
        this.running = null;
        this.scheduleNext().catch(() => {});
      });
    return this.running;
  }

  // The page is being closed: another sender need not wait until the lock expires.
  releaseLock() {
    if (this.running) this.lock.release().catch(() => {});
  }

  async sendWhileRequested() {
    while (this.isRequested) {
      this.isRequested = false;
      this.isLockedOut = !(await this.lock.acquire());
      if (this.isLockedOut) return;
      const force = this.force;
      this.force = false;
      try {
        await this.sendDue(force);
        this.force ||= this.isLockedOut && force;
      } finally {
        await this.lock.release();
        this.publish({ free: true });
      }
    }
  }

  async sendDue(force) {
    if (!force && (await this.pausedUntil()) > Date.now()) return;
    const due = await this.withStamps(dueItems(await this.items(), force), force);
    const blocked = new Set();
    for (const { id, group } of due) {
      const outcome = blocked.has(group) ? {} : await this.send(id);
      if (outcome.trouble) blocked.add(group);
      if (outcome.affectsAll || this.isLockedOut) return;
    }
  }

  // Return the items that have the stamp they need. Missing stamps are fetched, for as many items as possible.
  async withStamps(due, force) {
    const unstamped = due.filter((item) => needsStamp(item));
    if (!unstamped.length) return due;
    const { stamps, ...failure } = await fetchStamps(unstamped);
    if (!stamps) {
      await this.pause(failure);
      return [];
    }
    await this.update(stamps);
    const firstWithout = due.findIndex((item) => needsStamp(item) && !stamps.has(item.id));
    if (firstWithout < 0) return due;
    this.isRequested = true;
    this.force ||= force;
    return due.slice(0, firstWithout);
  }

  async send(id) {
    const item = await this.beginSending(id);
    if (!item) return {};
    await waitForMinimumAge(item);
    const outcome = item.answer ? { answer: item.answer } : await deliver(item);
    const hasMore = outcome.answer && unsentPhotoKeys(item).length;
    if (hasMore && !item.answer) await this.update(new Map([[id, { answer: outcome.answer }]]));
    return this.recordOutcome(item, hasMore ? await deliverPhotos(this, { ...item, answer: outcome.answer }) : outcome);
  }

  // Return the item as it is now and count the attempt. Return null where it is gone, or where our turn is: then all
  // that follows is another's to send.
  beginSending(id) {
    return this.database.write(async ({ items, notes }) => {
      this.isLockedOut = !(await this.lock.extendTurn(notes, id));
      const item = await resultOf(items.index("id").get(id));
      if (this.isLockedOut || item?.state !== "waiting") return null;
      const begun = { ...item, begun: attemptCount(item) + 1 };
      items.put(begun);
      return begun;
    });
  }

  async recordOutcome({ id, tries, begun }, outcome) {
    const { answer, trouble, refused: why, field, status, affectsAll, retryAfter } = outcome;
    if (answer) await this.removeSent(id, answer);
    else if (trouble) await this.update(new Map([[id, { ...postponed(trouble, tries, affectsAll, retryAfter), ...(outcome.neverLeft && { begun: begun - 1 }) }]]));
    else await this.update(new Map([[id, { state: "refused", why, field, status, trouble: "" }]]));
    if (affectsAll) await this.pause(outcome);
    if (!answer && !trouble) this.publish({ refused: id });
    return outcome;
  }

  async removeSent(id, data) {
    await this.database.write(async (stores) => {
      await deleteItem(stores, id);
      stores.notes.delete("pause");
    });
    this.publish({ sent: { id, answer: data } });
  }

  // The network or the server is down: nothing is tried for a while. Forced attempts don't make the pause longer.
  async pause({ trouble, retryAfter }) {
    await this.database.write(async ({ notes }) => {
      const { until = 0, tries = 0 } = (await resultOf(notes.get("pause"))) ?? {};
      if (plausibleTime(until) > Date.now()) return;
      notes.put({ until: Date.now() + retryDelay(tries, retryAfter), tries: tries + 1 }, "pause");
    });
    this.publish({ stopped: trouble });
  }

  async pausedUntil() {
    return plausibleTime((await this.database.read(({ notes }) => resultOf(notes.get("pause"))))?.until ?? 0);
  }

  // Change fields of items, by id. Items that are gone stay gone.
  async update(updates) {
    await this.database.write(async ({ items }) => {
      for (const [id, fields] of updates) {
        const item = await resultOf(items.index("id").get(id));
        if (item) items.put({ ...item, ...fields });
      }
    });
    this.publish({ changed: true });
  }

  // Set a timer for the next attempt.
  async scheduleNext() {
    const next = nextAttemptAt(await this.items());
    const retry = this.isLockedOut ? Date.now() + LOCK_RETRY : 0;
    // What somebody wants to be sent now waits for the other sender alone.
    const time = this.isLockedOut && this.force ? retry : Math.max(next, await this.pausedUntil(), retry);
    clearTimeout(this.timer);
    if (next < Infinity) this.timer = setTimeout(() => this.flush(), Math.max(time - Date.now(), SHORTEST_WAIT));
  }

  publish(event) {
    this.channel?.postMessage(event);
    this.receive(event);
  }

  receive(event) {
    if (event.free && this.isLockedOut) this.flush();
    for (const listener of this.listeners) listener(event);
  }
}
