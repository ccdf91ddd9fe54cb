// The outbox: what was written goes in here first and leaves only after an answer that names its id, so that each arrives exactly
// once, whatever the network does meanwhile. Pages and the service worker use it alike; it knows no document.
//
// An item is { id, kind, group, url, method, body, language, stamp?, about, person?, photos? }. Those of one group go in their order.
// `photos` is how many there are, kept under their places; one that has no places is kept under the item's id alone, and `photo` says
// so. The outbox adds place, made_at, state ("waiting" or "refused"), why, field, status, trouble, tries, next_at, photo, begun (how
// often it has set out), answer (once all but the photos has arrived) and arrived (the places of photos that have).

import { dueItems, nextAttemptAt, plausibleTime, postponed, retryDelay } from "./backoff.js";
import { Database, resultOf } from "./database.js";
import { deliver } from "./delivery.js";
import { fetchStamps, needsStamp, waitForMinimumAge } from "./form-stamps.js";
import { addItem, attemptCount, removeItem, removeRefused, replaceItem, WAITING } from "./items.js";
import { deleteItem, deliverPhotos, unsentPhotoKeys } from "./photos.js";
import { isActive, SenderLock } from "./sender-lock.js";

const CHANNEL = "haren:outbox";
const SOON = 250;
const ANOTHER_TURN = 1_000;

export class Outbox {
  constructor() {
    this.database = new Database();
    this.lease = new SenderLock(this.database);
    this.listeners = new Set();
    // Older browsers have none: there, a page hears only of what it does itself.
    this.channel = globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
    if (this.channel) this.channel.onmessage = ({ data }) => this.hear(data);
  }

  // Keep something to send. It is safe once this resolves; where the browser keeps nothing, this rejects. `ways` and what it
  // resolves to: see `enter`.
  async put(item, photo = null, ways = {}) {
    const picture = photo && { type: photo.type, bytes: await new Response(photo).arrayBuffer() };
    const isKept = await this.database.keep((stores) => addItem(stores, item, picture, ways));
    this.tell({ changed: true });
    return isKept;
  }

  // The oldest first; `sending` is the one under way.
  async items() {
    const [items, lease] = await this.database.read(({ items, notes }) =>
      Promise.all([resultOf(items.getAll()), resultOf(notes.get("lease"))]),
    );
    return items.map((item) => ({ ...item, sending: isActive(lease) && lease.item === item.id }));
  }

  async photo(key) {
    const photo = await this.picture(key);
    return photo && new Blob([photo.bytes], { type: photo.type });
  }

  picture(key) {
    return this.database.read(({ photos }) => resultOf(photos.get(key)));
  }

  // What tells this database from one that was made after the browser had cleared it.
  born() {
    return this.database.read(({ notes }) => resultOf(notes.get("born")));
  }

  // What `also` does to the stores happens with it.
  async remove(id, also) {
    await this.database.write((stores) => removeItem(stores, id, also));
    this.tell({ changed: true });
  }

  // Whether something that was refused could be given back: see `giveBack`.
  async takeBack(id, also) {
    const isTaken = await this.database.keep((stores) => removeRefused(stores, id, also));
    this.tell({ changed: true });
    return isTaken;
  }

  // Another item in the place of one that was refused; it takes over the photo.
  async replace(id, item) {
    await this.database.keep((stores) => replaceItem(stores, id, item));
    this.tell({ changed: true });
    await this.flush({ now: true });
  }

  async retry(id) {
    await this.change(new Map([[id, WAITING]]));
    await this.flush({ now: true });
  }

  // Hear of { changed }, { sent: { id, answer } }, { refused: id } and { stopped: trouble }, whichever tab it happens in.
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Send what is due; all that waits, if `now`. Resolves when no more can be done at present.
  flush({ now = false } = {}) {
    this.wanted = true;
    this.eager ||= now;
    this.running ??= this.work()
      .catch(() => this.tell({ stopped: "storage" }))
      .finally(() => {
        this.running = null;
        this.plan().catch(() => {});
      });
    return this.running;
  }

  // The page goes: another need not wait until the turn runs out.
  leave() {
    if (this.running) this.lease.give().catch(() => {});
  }

  async work() {
    while (this.wanted) {
      this.wanted = false;
      this.turnedAway = !(await this.lease.take());
      if (this.turnedAway) return;
      const eager = this.eager;
      this.eager = false;
      try {
        await this.pass(eager);
      } finally {
        await this.lease.give();
        this.tell({ free: true });
      }
    }
  }

  async pass(eager) {
    if (!eager && (await this.pausedUntil()) > Date.now()) return;
    const due = await this.stamped(dueItems(await this.items(), eager), eager);
    const behind = new Set();
    for (const { id, group } of due) {
      const outcome = behind.has(group) ? {} : await this.send(id);
      if (outcome.trouble) behind.add(group);
      if (outcome.all) return;
    }
  }

  // Those of these that have the stamp they need, which is fetched where it is lacking: as many as can be served at once.
  async stamped(due, eager) {
    const lacking = due.filter((item) => needsStamp(item));
    if (!lacking.length) return due;
    const { stamps, ...failure } = await fetchStamps(lacking);
    if (!stamps) {
      await this.pause(failure);
      return [];
    }
    await this.change(stamps);
    const rest = due.findIndex((item) => needsStamp(item) && !stamps.has(item.id));
    if (rest < 0) return due;
    this.wanted = true;
    this.eager ||= eager;
    return due.slice(0, rest);
  }

  async send(id) {
    const item = await this.begin(id);
    if (!item) return {};
    await waitForMinimumAge(item);
    const outcome = item.answer ? { answer: item.answer } : await deliver(item);
    const hasMore = outcome.answer && unsentPhotoKeys(item).length;
    if (hasMore && !item.answer) await this.change(new Map([[id, { answer: outcome.answer }]]));
    return this.settle(item, hasMore ? await deliverPhotos(this, { ...item, answer: outcome.answer }) : outcome);
  }

  // The item as it is now, marked as being sent; nothing where it is gone or another has the turn.
  begin(id) {
    return this.database.write(async ({ items, notes }) => {
      const item = await resultOf(items.index("id").get(id));
      if (item?.state !== "waiting" || !(await this.lease.renew(notes, { item: id }))) return null;
      const begun = { ...item, begun: attemptCount(item) + 1 };
      items.put(begun);
      return begun;
    });
  }

  async settle({ id, tries }, outcome) {
    const { answer, trouble, refused: why, field, status, all, after } = outcome;
    if (answer) await this.arrived(id, answer);
    else if (trouble) await this.change(new Map([[id, postponed(trouble, tries, all, after)]]));
    else await this.change(new Map([[id, { state: "refused", why, field, status, trouble: "" }]]));
    if (all) await this.pause(outcome);
    if (!answer && !trouble) this.tell({ refused: id });
    return outcome;
  }

  async arrived(id, said) {
    await this.database.write(async (stores) => {
      await deleteItem(stores, id);
      stores.notes.delete("pause");
    });
    this.tell({ sent: { id, answer: said } });
  }

  // The network or the server is away: nothing needs to be tried for a while. Who tries all the same makes it no longer.
  async pause({ trouble, after }) {
    await this.database.write(async ({ notes }) => {
      const { until = 0, tries = 0 } = (await resultOf(notes.get("pause"))) ?? {};
      if (plausibleTime(until) > Date.now()) return;
      notes.put({ until: Date.now() + retryDelay(tries, after), tries: tries + 1 }, "pause");
    });
    this.tell({ stopped: trouble });
  }

  async pausedUntil() {
    return plausibleTime((await this.database.read(({ notes }) => resultOf(notes.get("pause"))))?.until ?? 0);
  }

  // Change fields of items, by id. What has left meanwhile stays away.
  async change(changes) {
    await this.database.write(async ({ items }) => {
      for (const [id, fields] of changes) {
        const item = await resultOf(items.index("id").get(id));
        if (item) items.put({ ...item, ...fields });
      }
    });
    this.tell({ changed: true });
  }

  // Try again without being asked.
  async plan() {
    const next = nextAttemptAt(await this.items());
    const moment = Math.max(next, await this.pausedUntil(), this.turnedAway ? Date.now() + ANOTHER_TURN : 0);
    clearTimeout(this.timer);
    if (next < Infinity) this.timer = setTimeout(() => this.flush(), Math.max(moment - Date.now(), SOON));
  }

  tell(news) {
    this.channel?.postMessage(news);
    this.hear(news);
  }

  hear(news) {
    if (news.free && this.turnedAway) this.flush();
    for (const listener of this.listeners) listener(news);
  }
}
