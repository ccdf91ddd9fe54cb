// Open Haren's IndexedDB and run transactions in it. It has the outbox, its photos and notes about sending, and for
// staff drafts, claims, who they are, and what other apps have shared.

const NAME = "haren";
const VERSION = 2;
const STORES = ["items", "photos", "notes", "drafts", "claims", "me", "shared"];

// Some browsers never answer when they are asked to open a database (Safari after an update, private windows).
const TIMEOUT = 3_000;
const RETRY_AFTER = 30_000;

export class Database {
  read(work) {
    return this.run("readonly", "relaxed", work);
  }

  write(work) {
    return this.run("readwrite", "relaxed", work);
  }

  // Like `write`, but on the disk when it resolves: a phone may be out of power a second later.
  writeDurably(work) {
    return this.run("readwrite", "strict", work);
  }

  // Like `write`, but in one store and committed to the browser when this returns, as the page may be gone the next
  // moment. Only puts and deletes are possible.
  async writeImmediately(name, work) {
    const transaction = await this.transaction([name], "readwrite", "relaxed");
    const completion = completionOf(transaction);
    work(transaction.objectStore(name));
    transaction.commit?.();
    await completion;
  }

  // Run `work` with all stores in one transaction.
  async run(mode, durability, work) {
    const transaction = await this.transaction(STORES, mode, durability);
    const completion = completionOf(transaction);
    const stores = Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)]));
    const [value] = await Promise.all([work(stores), completion]);
    return value;
  }

  async transaction(stores, mode, durability) {
    const database = await this.open();
    try {
      return database.transaction(stores, mode, { durability });
    } catch {
      this.opening = null; // the browser has closed it without an event
      return (await this.open()).transaction(stores, mode, { durability });
    }
  }

  open() {
    if (Date.now() - this.failed < RETRY_AFTER) return Promise.reject(new Error("IndexedDB is not to be had"));
    this.opening ??= this.connect();
    return this.opening;
  }

  async connect() {
    const opening = openDatabase();
    try {
      return this.watch(await withTimeout(TIMEOUT, opening));
    } catch (error) {
      opening.then((database) => database.close(), () => {}); // else it would block the upgrade to the next version
      this.failed = Date.now();
      this.opening = null;
      throw error;
    }
  }

  watch(database) {
    database.onclose = () => (this.opening = null);
    database.onversionchange = () => {
      this.opening = null;
      database.close();
    };
    return database;
  }
}

export function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function withTimeout(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("no answer in time")), milliseconds)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function completionOf(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB gave up"));
  });
}

async function openDatabase() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) createOutboxStores(request.result);
    if (oldVersion < 2) createStaffStores(request.result);
  };
  return resultOf(request);
}

function createOutboxStores(database) {
  database.createObjectStore("items", { keyPath: "place", autoIncrement: true }).createIndex("id", "id", { unique: true });
  database.createObjectStore("photos");
  // Tells this database from one that was created after the browser had cleared it.
  database.createObjectStore("notes").transaction.objectStore("notes").put(`${Date.now()}-${Math.random()}`, "born");
}

function createStaffStores(database) {
  database.createObjectStore("drafts", { keyPath: "id" });
  database.createObjectStore("claims", { keyPath: "id" });
  database.createObjectStore("me");
  database.createObjectStore("shared"); // shares of other apps, until the log takes them over
}
