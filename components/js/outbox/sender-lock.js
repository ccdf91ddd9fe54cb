// Whose turn it is to send: several tabs and the worker share one outbox. The turn stands in its database with an end, so that a
// holder that is frozen keeps nobody waiting for long. Where the browser has locks (if the page is served securely, since 2022),
// the holder has one besides: it is free again as soon as its holder is killed.

import { resultOf } from "./database.js";

const LOCK = "haren:outbox";
const DURATION = 5_000;
const RENEWAL_INTERVAL = 1_500;

export class SenderLock {
  constructor(database) {
    this.database = database;
    this.owner = Math.random().toString(36).slice(2);
  }

  // Whether it is our turn now.
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

  // Within a transaction: whether it still is our turn, which then goes on. `item` is the one that is being sent.
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

  // Whether we have the lock, and so nobody else who lives.
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

// A clock that was set back must not make a turn last for hours.
export function isActive(lock) {
  const left = (lock?.until ?? 0) - Date.now();
  return left > 0 && left <= DURATION;
}
