// A lock for sending: several tabs and the worker share one outbox, and only one of them sends at a time. A sender
// takes a Web Lock where the browser has them (secure pages, since 2022), as that one is free at once when its holder is
// killed. It also writes its turn into the database, with an expiry: that is all there is where Web Locks are missing,
// and it tells a sender that its turn has gone to another.

import { resultOf } from "./database.js";

const LOCK = "haren:outbox";
const DURATION = 5_000;
const RENEWAL_INTERVAL = 1_500;

// A hidden tab may run its timers once a minute. A holder that wrote nothing for longer is frozen.
const FROZEN_AFTER = 150_000;

const HELD = "held";
const BUSY = "busy";
const MISSING = "missing";

export class SenderLock {
  constructor(database) {
    this.database = database;
    this.owner = Math.random().toString(36).slice(2);
  }

  // Return true if it is our turn to send now.
  async acquire() {
    this.webLock = await this.requestWebLock();
    let isOurs = false;
    try {
      isOurs = await this.database.write(({ notes }) => this.takeTurn(notes));
    } finally {
      if (!isOurs) this.releaseWebLock?.();
    }
    if (isOurs) this.timer = setInterval(() => this.extend().catch(() => {}), RENEWAL_INTERVAL);
    return isOurs;
  }

  async takeTurn(notes) {
    const isTaken = mayTake(await resultOf(notes.get("lease")), this.webLock);
    if (isTaken) this.writeTurn(notes, { locked: this.webLock === HELD });
    return isTaken;
  }

  extend() {
    return this.database.write(({ notes }) => this.extendTurn(notes));
  }

  // Extend our turn within a transaction. Return false where it is over. `item` is the one that is being sent.
  async extendTurn(notes, item) {
    const turn = await resultOf(notes.get("lease"));
    if (turn?.owner !== this.owner) return false;
    this.writeTurn(notes, { ...turn, item: item ?? turn.item });
    return true;
  }

  writeTurn(notes, turn) {
    notes.put({ ...turn, owner: this.owner, until: Date.now() + DURATION }, "lease");
  }

  // The Web Lock goes first: whoever gets it may take the turn at once, and while it is busy nobody may.
  async release() {
    clearInterval(this.timer);
    this.releaseWebLock?.();
    await this.database.write(async ({ notes }) => {
      if ((await resultOf(notes.get("lease")))?.owner === this.owner) this.endTurn(notes);
    });
  }

  // Where a frozen sender still has the Web Lock, an expired turn tells the others that they need not wait for it.
  endTurn(notes) {
    if (this.webLock === BUSY) notes.put({ owner: "", until: 0 }, "lease");
    else notes.delete("lease");
  }

  // Resolve to HELD if we got the Web Lock, to BUSY if another has it, and to MISSING where there are none.
  requestWebLock() {
    return new Promise((resolve) => {
      const callback = (lock) => {
        resolve(lock ? HELD : BUSY);
        return lock && new Promise((resolve) => (this.releaseWebLock = resolve));
      };
      const request = navigator.locks?.request(LOCK, { ifAvailable: true }, callback) ?? Promise.reject(new Error("no locks"));
      request.catch(() => resolve(MISSING));
    });
  }
}

export function isActive(turn) {
  return isWithin(turn, 0);
}

// A turn under a Web Lock is over when that lock is free, as its holder was killed. Any other turn is waited for. While
// another has the Web Lock, only a frozen holder's turn may be taken.
function mayTake(turn, webLock) {
  if (webLock === HELD) return turn?.locked || !isActive(turn);
  if (webLock === BUSY) return Boolean(turn) && !isWithin(turn, FROZEN_AFTER);
  return !isActive(turn);
}

// Return true until `grace` after the turn's expiry. A clock that was set back must not make a turn last for hours.
function isWithin(turn, grace) {
  const remaining = (turn?.until ?? 0) - Date.now();
  return remaining > -grace && remaining <= DURATION;
}
