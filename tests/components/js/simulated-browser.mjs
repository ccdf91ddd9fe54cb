// A simulated browser: tabs that share a database, Web Locks and a channel, and a clock that only moves when a task is
// due. All randomness comes from a seed, so that a seed is one schedule.

import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";

const STORES = { items: "place", photos: null, notes: null, drafts: "id", claims: "id", me: null, shared: null };
const JS = path.resolve(import.meta.dirname, "../../../components/js");
const FIRST_MOMENT = Date.UTC(2026, 10, 22, 7);

const idleRealms = [];

export function randomFrom(seed) {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Runs tasks in the order of their times. A task of a closed tab is dropped, one of a frozen tab waits for its thaw.
export class Clock {
  now = FIRST_MOMENT;
  tasks = [];
  serial = 0;

  after(delay, tab, run) {
    const task = { at: this.now + Math.max(0, delay), serial: this.serial++, tab, run };
    this.insert(task);
    return task;
  }

  insert(task) {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { at, serial } = this.tasks[middle];
      if (at > task.at || (at === task.at && serial > task.serial)) low = middle + 1;
      else high = middle;
    }
    this.tasks.splice(low, 0, task);
  }

  // Run until nothing is left to do, `until` returns true or the time is over. Promises settle between two tasks.
  async run(until, end) {
    await new Promise(setImmediate);
    while (this.tasks.length && this.tasks.at(-1).at <= end && !until()) {
      const task = this.tasks.pop();
      if (!task.run || task.tab?.isClosed) continue;
      this.now = Math.max(this.now, task.at);
      if (task.tab?.frozenUntil > this.now) this.insert(Object.assign(task, { at: task.tab.frozenUntil }));
      else task.run();
      await new Promise(setImmediate);
    }
  }
}

// One Web Lock. The lock of a closed tab is free a little later.
export class Locks {
  holder = null;

  constructor(clock, delay) {
    Object.assign(this, { clock, delay });
  }

  request(tab, callback) {
    return new Promise((resolve, reject) => {
      this.clock.after(this.delay(), tab, () => {
        const lock = this.holder ? null : (this.holder = { tab });
        Promise.resolve(callback(lock))
          .then(resolve, reject)
          .finally(() => lock && this.clock.after(this.delay(), null, () => this.free(lock)));
      });
    });
  }

  free(lock) {
    if (this.holder === lock) this.holder = null;
  }

  freeAllOf(tab) {
    if (this.holder?.tab === tab) this.clock.after(this.delay(), null, () => this.holder?.tab === tab && (this.holder = null));
  }
}

// What Haren's Database needs of IndexedDB. A transaction that writes has all stores to itself and works on copies.
export class Storage {
  stores = Object.fromEntries(Object.keys(STORES).map((name) => [name, new Map()]));
  transactions = [];
  lastPlace = 0;

  constructor(clock, delay) {
    Object.assign(this, { clock, delay });
    this.stores.notes.set("born", "today");
  }

  openFor(tab) {
    const request = { result: { close() {}, transaction: (_, mode) => new Transaction(this, tab, mode) } };
    this.clock.after(this.delay(), tab, () => request.onsuccess?.());
    return request;
  }

  abortAllOf(tab) {
    for (const transaction of this.transactions.filter((one) => one.tab === tab)) this.end(transaction);
  }

  end(transaction) {
    this.transactions = this.transactions.filter((one) => one !== transaction);
    for (const one of this.transactions) one.startIfPossible();
  }
}

class Transaction {
  waiting = [];
  isStarted = false;
  isUnderWay = false;

  constructor(storage, tab, mode) {
    Object.assign(this, { storage, tab, isWriting: mode === "readwrite" });
    storage.transactions.push(this);
    storage.clock.after(0, tab, () => this.startIfPossible());
  }

  startIfPossible() {
    const { transactions } = this.storage;
    const earlier = transactions.slice(0, transactions.indexOf(this));
    if (this.isStarted || earlier.some(({ isWriting }) => isWriting || this.isWriting)) return;
    this.isStarted = true;
    const { stores } = this.storage;
    this.stores = this.isWriting ? Object.fromEntries(Object.entries(stores).map(([name, map]) => [name, new Map(map)])) : stores;
    this.goOn();
  }

  request(work) {
    const request = {};
    this.waiting.push({ request, work });
    if (this.isStarted) this.goOn();
    return request;
  }

  // A transaction that has nothing left to do is complete.
  goOn() {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    this.storage.clock.after(this.storage.delay(), this.tab, () => {
      this.isUnderWay = false;
      const next = this.waiting.shift();
      if (!next) return this.complete();
      next.request.result = next.work(this.stores);
      next.request.onsuccess?.();
      setImmediate(() => this.goOn());
    });
  }

  complete() {
    if (this.isWriting) this.storage.stores = this.stores;
    this.storage.end(this);
    this.oncomplete?.();
  }

  commit() {}

  objectStore(name) {
    const read = (work) => this.request((stores) => work(stores[name]));
    const find = (id) => (map) => [...map].find(([, value]) => value.id === id);
    return {
      get: (key) => read((map) => map.get(key)),
      getAll: () => read((map) => [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)),
      put: (value, key) => this.put(name, typeof value === "object" ? { ...value } : value, key),
      delete: (key) => this.request((stores) => deleteFrom(stores[name], key)),
      index: () => ({
        get: (id) => read((map) => find(id)(map)?.[1]),
        getKey: (id) => read((map) => find(id)(map)?.[0]),
      }),
    };
  }

  put(name, value, key) {
    return this.request((stores) => {
      if (STORES[name] === "place") value.place ??= ++this.storage.lastPlace;
      const place = key ?? value[STORES[name]];
      stores[name].set(place, Object.freeze(value)); // shared by all that read it
      return place;
    });
  }
}

function deleteFrom(map, key) {
  if (typeof key === "string" || typeof key === "number") map.delete(key);
  else for (const one of [...map.keys()]) if (one >= key.lower && one <= key.upper) map.delete(one);
}

// A page with Haren's outbox. `world` is { clock, locks, storage, tabs, fetch, random, delay, hasLocks }.
export class Tab {
  isClosed = false;
  frozenUntil = 0;

  static async open(world) {
    const tab = new Tab();
    tab.world = world;
    tab.realm = idleRealms.pop() ?? (await Realm.create());
    tab.realm.tab = tab;
    tab.outbox = new tab.realm.Outbox();
    world.tabs.add(tab);
    return tab;
  }

  get isAwake() {
    return this.frozenUntil <= this.world.clock.now;
  }

  // The process is gone: what it had not committed never was.
  close() {
    this.isClosed = true;
    this.world.tabs.delete(this);
    this.world.storage.abortAllOf(this);
    this.world.locks.freeAllOf(this);
    idleRealms.push(this.realm);
  }

  // Browsers freeze no page in the middle of a transaction, as others would wait for it.
  async freeze(milliseconds) {
    const { clock, storage } = this.world;
    await clock.run(() => !storage.transactions.some(({ tab }) => tab === this), clock.now + 1_000);
    this.frozenUntil = clock.now + milliseconds;
  }
}

// Modules of their own and the globals that they use. A realm serves one tab after the other: nothing of a closed tab
// runs any more.
class Realm {
  static async create() {
    const realm = new Realm();
    ({ Outbox: realm.Outbox } = await load("outbox/outbox.js", vm.createContext(realm.globals())));
    return realm;
  }

  globals() {
    const realm = this;
    const after = (delay, run) => realm.tab.world.clock.after(delay, realm.tab, run);
    return {
      AbortController,
      BroadcastChannel: channelIn(realm),
      Date: class extends Date {
        static now() {
          return realm.tab.world.clock.now;
        }
      },
      IDBKeyRange: { bound: (lower, upper) => ({ lower, upper }) },
      Math: Object.create(Math, { random: { value: () => realm.tab.world.random() } }),
      clearInterval: (timer) => timer && (timer.isOver = true),
      clearTimeout: (task) => task && (task.run = null),
      fetch: (...request) => realm.tab.world.fetch(realm.tab, ...request),
      indexedDB: { open: () => realm.tab.world.storage.openFor(realm.tab) },
      get navigator() {
        const { tab } = realm;
        return tab.world.hasLocks ? { locks: { request: (_, options, callback) => tab.world.locks.request(tab, callback) } } : {};
      },
      setInterval: (run, period) => repeat(after, run, period),
      setTimeout: (run, delay) => after(delay, run),
    };
  }
}

function repeat(after, run, period) {
  const timer = { isOver: false };
  const next = () => {
    if (timer.isOver) return;
    after(period, next);
    run();
  };
  after(period, next);
  return timer;
}

function channelIn(realm) {
  return class {
    constructor() {
      this.tab = realm.tab;
      this.tab.channel = this;
    }

    postMessage(data) {
      const { clock, tabs, delay } = this.tab.world;
      const others = [...tabs].filter((other) => other !== this.tab);
      for (const other of others) clock.after(delay(), other, () => other.channel.onmessage({ data }));
    }
  };
}

// Load a module and what it imports into a context.
async function load(name, context) {
  const modules = new Map();
  const moduleAt = (file) => {
    if (!modules.has(file)) modules.set(file, new vm.SourceTextModule(readFileSync(file, "utf8"), { context, identifier: file }));
    return modules.get(file);
  };
  const main = moduleAt(path.join(JS, name));
  await main.link((specifier, { identifier }) => moduleAt(path.resolve(path.dirname(identifier), specifier)));
  await main.evaluate();
  return main.namespace;
}
