// Whose turn it is to send: several tabs and the worker share one outbox. The turn stands in its database with an end, so that a
// holder that is frozen keeps nobody waiting for long. Where the browser has locks (if the page is served securely, since 2022),
// the holder has one besides: it is free again as soon as its holder is killed.

import { resultOf } from "./database.js";

const LOCK = "haren:outbox";
const LASTS = 5_000;
const RENEWED_EVERY = 1_500;

export class SenderLock {
  constructor(database) {
    this.database = database;
    this.owner = Math.random().toString(36).slice(2);
  }

  // Whether it is our turn now.
  async take() {
    const isFree = await this.lock();
    let mine = false;
    try {
      mine = await this.database.write(({ notes }) => this.renew(notes, { isFree }));
    } finally {
      if (!mine) this.unlock?.();
    }
    if (mine) this.clock = setInterval(() => this.goOn().catch(() => {}), RENEWED_EVERY);
    return mine;
  }

  goOn() {
    return this.database.write(({ notes }) => this.renew(notes));
  }

  // Within a transaction: whether it still is our turn, which then goes on. `item` is the one that is being sent.
  async renew(notes, { item, isFree = false } = {}) {
    const lease = await resultOf(notes.get("lease"));
    const ours = lease?.owner === this.owner;
    if (!ours && !isFree && isActive(lease)) return false;
    notes.put({ owner: this.owner, until: Date.now() + LASTS, item: item ?? (ours ? lease.item : undefined) }, "lease");
    return true;
  }

  async give() {
    clearInterval(this.clock);
    try {
      await this.database.write(async ({ notes }) => {
        if ((await resultOf(notes.get("lease")))?.owner === this.owner) notes.delete("lease");
      });
    } finally {
      this.unlock?.();
    }
  }

  // Whether we have the lock, and so nobody else who lives.
  lock() {
    return new Promise((tell) => {
      const held = (lock) => {
        tell(Boolean(lock));
        return lock && new Promise((resolve) => (this.unlock = resolve));
      };
      const asked = navigator.locks?.request(LOCK, { ifAvailable: true }, held) ?? Promise.reject(new Error("no locks"));
      asked.catch(() => tell(false));
    });
  }
}

// A clock that was set back must not make a turn last for hours.
export function isActive(lease) {
  const left = (lease?.until ?? 0) - Date.now();
  return left > 0 && left <= LASTS;
}
