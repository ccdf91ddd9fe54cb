// Store drafts in this browser: one per entry, so that two tabs write two drafts.

import { load } from "../lib/web-storage.js";
import { lastChoices, rememberChoices } from "../outbox/current-author.js";
import { resultOf } from "../outbox/database.js";
import { deletePhotos, readPhotos, writePhotos } from "../outbox/photos.js";

const CHANNEL = "haren:drafts";

export class Drafts {
  // `owner` is the person. Others on the same device see none of their drafts.
  constructor(database, owner) {
    Object.assign(this, { database, owner });
    this.tab = Math.random();
    this.locked = new Set();
    this.channel = navigator.locks ? null : globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
  }

  // Rejects where there is no room.
  async save(draft) {
    this.channel?.postMessage({ id: draft.id, tab: this.tab });
    await this.database.writeImmediately("drafts", (drafts) => drafts.put({ ...draft, owner: this.owner, at: Date.now() }));
  }

  delete(id) {
    return this.database.write(({ drafts, photos }) => {
      drafts.delete(id);
      deletePhotos(photos, id);
    });
  }

  // The entry is in the outbox, and its photos belong to it now.
  deleteTextOnly(id) {
    return this.database.writeImmediately("drafts", (drafts) => drafts.delete(id));
  }

  get(id) {
    return this.database.read(({ drafts }) => resultOf(drafts.get(id)));
  }

  // Drafts with text before those with choices only, each newest first.
  async newestFirst() {
    const drafts = (await this.database.read(({ drafts }) => resultOf(drafts.getAll()))).filter(({ owner }) => owner === this.owner);
    return drafts.sort((one, other) => Boolean(other.text) - Boolean(one.text) || other.at - one.at);
  }

  photos({ id, photos = 0 }) {
    return this.database.read(async (stores) => (await readPhotos(stores, id, photos)).filter(Boolean));
  }

  savePhotos(id, records) {
    return this.database.write((stores) => writePhotos(stores, id, records));
  }

  // What was chosen last, for the next entry.
  async last() {
    return (await lastChoices(this.database, this.owner)) ?? {};
  }

  rememberLast(choices) {
    return rememberChoices(this.database, this.owner, choices);
  }

  // Return true if this tab has the draft to itself, until it is closed. Web Locks exist only on secure pages and
  // since 2022; without them this is always true.
  lock(id) {
    if (!navigator.locks || this.locked.has(id)) return true;
    return new Promise((resolve) => {
      const onLock = (lock) => {
        if (lock) this.locked.add(id);
        resolve(Boolean(lock));
        return lock && new Promise(() => {});
      };
      navigator.locks.request(`haren:draft:${id}`, { ifAvailable: true }, onLock).catch(() => resolve(true));
    });
  }

  // Without Web Locks: `callback(id)` is called for each draft that another tab saves.
  onOtherTabWriting(callback) {
    if (this.channel) this.channel.onmessage = ({ data }) => data.tab !== this.tab && callback(data.id);
  }

  // Earlier versions stored drafts in localStorage.
  async importOldDrafts() {
    const prefix = `haren:draft:${this.owner}:`;
    for (const key of keysWith(prefix)) {
      const { partner, ...draft } = load(key) ?? {};
      if (draft.id) await this.save({ ...draft, partner, when: draft.happened_at ? "other" : "now" });
      localStorage.removeItem(key);
    }
    const last = load(`haren:last:${this.owner}`) ?? {};
    if (last.kind) await this.rememberLast(last);
    globalThis.localStorage?.removeItem(`haren:last:${this.owner}`);
  }
}

function keysWith(prefix) {
  return Object.keys(globalThis.localStorage ?? {}).filter((key) => key.startsWith(prefix));
}
