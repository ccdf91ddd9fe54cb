// Send entries from several tabs on generated schedules, and print what went wrong as JSON: one line per seed that
// failed, and a summary. Usage: node --experimental-vm-modules sending-order.mjs FIRST COUNT

import { Clock, Locks, randomFrom, Storage, Tab } from "./simulated-browser.mjs";

const FAULTS = ["clear", "clear", "cut", "hang", "busy", "swallow", "broken"];
const LONGEST = 40 * 60_000;

class World {
  tabs = new Set();
  clock = new Clock();
  fault = "clear";
  saved = []; // ids in the order in which the phone stored them
  server = { entries: [], photos: [], refused: 0 };

  constructor(seed) {
    this.random = randomFrom(seed);
    this.hasLocks = seed % 5 !== 0;
    this.delay = () => this.random() * 4;
    this.locks = new Locks(this.clock, this.delay);
    this.storage = new Storage(this.clock, this.delay);
  }

  among(options) {
    return options[Math.floor(this.random() * options.length)];
  }

  // One request over a network with the present fault. The answer may be lost on its way.
  fetch(tab, url, { method, body, signal }) {
    const { fault } = this;
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      if (fault === "hang") return;
      const way = () => 5 + this.random() * (this.random() < 0.1 ? 3_000 : 60);
      if (fault === "cut") return void this.clock.after(way(), tab, () => reject(new Error("cut")));
      this.clock.after(way(), null, () => {
        const answer = fault === "busy" ? response(503, "busy") : this.serve(url, body, fault);
        this.clock.after(way(), tab, () => (fault === "swallow" ? reject(new Error("lost")) : resolve(answer)));
      });
    });
  }

  serve(url, body, fault) {
    if (fault === "broken" && this.random() < 0.5) return response(500, { status: 500, detail: "broken" });
    const photo = url.match(/entries\/(\w+)\/photos\/(\d)/);
    if (photo) return this.takePhoto(photo[1], Number(photo[2]));
    const { id } = JSON.parse(body);
    if (!this.server.entries.includes(id)) this.server.entries.push(id);
    return response(201, { id });
  }

  takePhoto(id, place) {
    if (!this.server.entries.includes(id)) return response(404, { status: 404, detail: "no such entry" });
    if (!this.server.photos.includes(`${id}/${place}`)) this.server.photos.push(`${id}/${place}`);
    return response(200, { id, place });
  }

  async save(tab) {
    const number = this.saved.length + 1;
    const id = `entry${number}`;
    const photos = number % 3 === 0 ? 2 : 0;
    const item = { id, kind: "entry", group: "log/fia", url: "/api/v1/entries", method: "POST", body: { id }, language: "sv", person: "fia", photos };
    const inTransaction = ({ photos: store }) => {
      for (let place = 1; place <= photos; place++) store.put({ type: "image/jpeg", bytes: new ArrayBuffer(8) }, `${id}/${place}`);
    };
    this.saved.push(id);
    await tab.outbox.put(item, null, { inTransaction });
    tab.outbox.flush({ now: true });
  }

  async steps(count, kinds, pauses) {
    for (let step = 0; step < count; step++) {
      const awake = [...this.tabs].filter((tab) => tab.isAwake);
      if (awake.length) await STEP[this.among(kinds)](this, this.among(awake));
      await this.pass(this.among(pauses));
    }
  }

  pass(milliseconds) {
    this.clock.after(milliseconds, null, () => {});
    return this.clock.run(() => false, this.clock.now + milliseconds);
  }

  // Let the clock run until something is done.
  async during(start) {
    let isDone = false;
    start().finally(() => (isDone = true));
    await this.clock.run(() => isDone, this.clock.now + 60_000);
    if (!isDone) throw new Error("the phone could not store an entry");
  }

  wake() {
    for (const tab of this.tabs) this.clock.after(0, tab, () => tab.outbox?.flush({ now: true }));
  }
}

function response(status, data) {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return { status, ok: status < 300, headers: { get: () => null }, text: async () => text };
}

// What may happen on a phone.
const STEP = {
  save: (world, tab) => world.during(() => world.save(tab)),
  wake: (world) => world.wake(),
  fault: (world) => {
    world.fault = world.among(FAULTS);
    if (world.fault === "clear") world.wake();
  },
  open: async (world) => {
    if (world.tabs.size < 4) (await Tab.open(world)).outbox.flush({ now: true });
  },
  restart: async (world, tab) => {
    tab.close();
    (await Tab.open(world)).outbox.flush({ now: true });
  },
  leave: async (world, tab) => {
    tab.outbox.releaseLock();
    await world.pass(world.among([0, 2, 5]));
    tab.close();
    await Tab.open(world);
  },
  // The browser keeps the page for when its user comes back.
  suspend: (world, tab) => {
    tab.outbox.releaseLock();
    return tab.freeze(world.among([3_000, 30_000]));
  },
  freeze: (world, tab) => tab.freeze(world.among([500, 6_000, 20_000, 2 * LONGEST])),
};

const FLIGHT = ["save", "save", "save", "save", "wake", "restart"];
const LANDING = ["wake", "wake", "wake", "fault", "fault", "save", "open", "restart", "leave", "suspend", "freeze"];

// Write without a network, then come back to one that is unreliable: everything wakes at once.
async function play(seed) {
  const world = new World(seed);
  for (let count = 0; count < 3; count++) await Tab.open(world);
  for (let flight = 0; flight < 4; flight++) {
    world.fault = world.among(["cut", "cut", "hang", "swallow"]);
    await world.steps(10, FLIGHT, [3, 60, 800, 7_000]);
    world.fault = "clear";
    world.wake();
    await world.steps(12, LANDING, [1, 3, 8, 20, 60, 200, 2_500]);
  }
  world.fault = "clear";
  (await Tab.open(world)).outbox.flush({ now: true });
  await world.clock.run(() => world.storage.stores.items.size === 0, world.clock.now + LONGEST);
  for (const tab of [...world.tabs]) tab.close();
  return faultsOf(world);
}

function faultsOf({ saved, server, storage }) {
  const faults = [];
  if (storage.stores.items.size) faults.push(`${storage.stores.items.size} were never sent`);
  if (server.entries.length !== saved.length) faults.push(`${saved.length} were saved, ${server.entries.length} arrived`);
  const late = saved.filter((id, index) => server.entries[index] !== id);
  if (late.length) faults.push(`out of order: ${server.entries.join(" ")}`);
  const photos = saved.filter((_, index) => (index + 1) % 3 === 0).flatMap((id) => [`${id}/1`, `${id}/2`]);
  if (photos.join() !== server.photos.join()) faults.push(`photos: ${server.photos.join(" ")}`);
  return faults;
}

const [first, count] = process.argv.slice(2).map(Number);
let failed = 0;
for (let seed = first; seed < first + count; seed++) {
  const faults = await play(seed);
  if (faults.length) console.log(JSON.stringify({ seed, faults }));
  failed += faults.length ? 1 : 0;
}
console.log(JSON.stringify({ seeds: count, failed }));
