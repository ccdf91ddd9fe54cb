// A lock for sending: several tabs and the worker share one outbox. It is stored in the database with an expiry, so
// that a frozen holder doesn't block the others for long. A holder also takes a Web Lock where the browser has them
// (secure pages, since 2022): that one is free at once when its holder is killed.

import { resultOf } from "./database.js";

const LOCK = "haren:outbox";
const DURATION = 5_000;
const RENEWAL_INTERVAL = 1_500;

export class SenderLock {
  constructor(database) {
    this.database = database;
    this.owner = Math.random().toString(36).slice(2);
  }

  // Return true if we hold the lock now.
  async acquire() {
    const isFree = await this.requestWebLock();
    let isOurs = false;
    try {
      isOurs = await this.database.write(({ notes }) => this.extendIn(notes, { isFree }));
    } finally {
      if (!isOurs) this.releaseWebLock?.();
    }
    if (isOurs) this.timer = setInterval(() => this.extend().catch(() => {}), RENEWAL_INTERVAL);
    return isOurs;
  }

  extend() {
    return this.database.write(({ notes }) => this.extendIn(notes));
  }

  // Extend the lock within a transaction. Return false where another holds it. `item` is the one that is being sent.
  async extendIn(notes, { item, isFree = false } = {}) {
    const lock = await resultOf(notes.get("lease"));
    const isOurs = lock?.owner === this.owner;
    if (!isOurs && !isFree && isActive(lock)) return false;
    notes.put({ owner: this.owner, until: Date.now() + DURATION, item: item ?? (isOurs ? lock.item : undefined) }, "lease");
    return true;
  }

  async release() {
    clearInterval(this.timer);
    try {
      await this.database.write(async ({ notes }) => {
        if ((await resultOf(notes.get("lease")))?.owner === this.owner) notes.delete("lease");
      });
    } finally {
      this.releaseWebLock?.();
    }
  }

  // Resolve to true if we got the Web Lock: no living sender holds it then.
  requestWebLock() {
    return new Promise((resolve) => {
      const callback = (lock) => {
        resolve(Boolean(lock));
        return lock && new Promise((resolve) => (this.releaseWebLock = resolve));
      };
      const request = navigator.locks?.request(LOCK, { ifAvailable: true }, callback) ?? Promise.reject(new Error("no locks"));
      request.catch(() => resolve(false));
    });
  }
}

// A clock that was set back must not make a lock last for hours.
export function isActive(lock) {
  const remaining = (lock?.until ?? 0) - Date.now();
  return remaining > 0 && remaining <= DURATION;
}
