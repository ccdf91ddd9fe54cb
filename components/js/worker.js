// The service worker. It answers only where the network doesn't, and keeps no page but the one that stands in for all others: no
// page that somebody has seen signed in is ever kept, and a worker that is wrong can be replaced by the next deploy.

import { read } from "./codes.js";
import { Outbox } from "./outbox.js";
import { reportOf } from "./reports.js";
import { within } from "./vault.js";

const PATIENCE = 3_000;
const PATIENCE_OF_WHO_TRIES_AGAIN = 10_000; // a network may be slow and still be one
const OURS = "haren:";
const LANGUAGE = "/language"; // the one that was read last; an address that nobody asks the network for
const DEFAULT = "sv";

const UNCHANGING = /^\/(assets\/|words\/|_nicegui\/[^/]+\/(?!dynamic_resources\/))/;
const STICKER = /^\/q\/([^/]+)\/?$/i;
const FILE = /\.\w+$/;

// `config` is { version, modules, pages }: pages by language, each with what it needs.
export function serve(config) {
  const shelf = new Shelf(config);
  const outbox = new Outbox();
  addEventListener("install", (event) => event.waitUntil(shelf.stock().then(() => skipWaiting())));
  addEventListener("activate", (event) => event.waitUntil(takeOver(shelf)));
  addEventListener("message", (event) => event.waitUntil(shelf.speak(event.data?.language).catch(() => {})));
  addEventListener("sync", (event) => event.waitUntil(sendAll(outbox)));
  addEventListener("fetch", (event) => {
    const answer = answerTo(event, shelf, outbox);
    if (answer) event.respondWith(answer);
  });
}

async function takeOver(shelf) {
  await shelf.clearOthers();
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// The browser tries again later where this fails.
async function sendAll(outbox) {
  await outbox.flush({ now: true });
  if ((await outbox.items()).some(({ state }) => state === "waiting")) throw new Error("not all of it has gone");
}

// Nothing for what is the network's own: the API, live lines, photos, downloads, other forms.
function answerTo({ request, preloadResponse }, shelf, outbox) {
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return null;
  if (request.method === "GET" && UNCHANGING.test(pathname)) return shelf.give(request);
  if (request.mode !== "navigate") return null;
  if (request.method === "POST" && STICKER.test(pathname)) return reportWith(request, shelf, outbox);
  return request.method === "GET" && !FILE.test(pathname) ? pageFor(request, preloadResponse, shelf) : null;
}

async function pageFor(request, preload, shelf) {
  const page = Promise.resolve(preload).then((response) => response ?? fetch(request));
  try {
    return whole(await within(request.cache === "default" ? PATIENCE : PATIENCE_OF_WHO_TRIES_AGAIN, page));
  } catch {
    return (await shelf.standIn(request)) ?? page;
  }
}

// A form that posts itself, because its page's module had not loaded: where that fails, it is kept all the same.
async function reportWith(request, shelf, outbox) {
  const copy = request.clone();
  try {
    return whole(await fetch(request));
  } catch (failure) {
    const page = await shelf.standIn(request);
    if (!page) throw failure;
    await outbox.put(reportFrom(request, await copy.formData(), await shelf.language()));
    return page;
  }
}

function reportFrom({ url }, sent, language) {
  const [, typed] = new URL(url).pathname.match(STICKER);
  const { code } = read(decodeURIComponent(typed));
  const [problem, fine] = [sent.get("problem") ?? sent.get("fine"), sent.has("fine")];
  const [id, note, again] = ["id", "note", "again"].map((name) => sent.get(name) ?? "");
  if (!code || !problem || !id || sent.get("website")) throw new Error("this is no report");
  return reportOf({ id, code, problem, fine, note, again, stamp: { value: id, at: Date.now() }, thing: code, language });
}

// A reverse proxy that says that Haren is away is as good as no network. Haren's own pages name their language.
function whole(response) {
  if (response.status >= 502 && response.status <= 504 && !response.headers.has("Content-Language")) throw new Error("away");
  return response;
}

// What this phone has of Haren. A version has a cache of its own, so that it is whole or not there.
class Shelf {
  constructor({ version, modules, pages }) {
    Object.assign(this, { name: `${OURS}${version}`, modules, pages });
  }

  async stock() {
    const last = await lastLanguage();
    const languages = [DEFAULT, last, ...navigator.languages.map((tag) => tag.split("-")[0])];
    const wanted = new Set(languages.filter((language) => this.pages[language]));
    await this.fetch([...this.modules, ...[...wanted].flatMap((language) => this.pages[language])]);
    if (last) await this.noteLanguage(last);
  }

  async fetch(addresses) {
    const cache = await caches.open(this.name);
    await cache.addAll(addresses.map((address) => new Request(address, { cache: UNCHANGING.test(address) ? "default" : "reload" })));
  }

  async clearOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== this.name).map((name) => caches.delete(name)));
  }

  // What never changes under its address.
  async give(request) {
    const cache = await caches.open(this.name).catch(() => null);
    const kept = await cache?.match(request);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.status === 200) cache?.put(request, response.clone()).catch(() => {});
    return response;
  }

  // The language in which pages are read is the one that is needed without a network.
  async speak(language) {
    if (!this.pages[language]) return;
    const cache = await caches.open(this.name);
    if (!(await cache.match(this.pages[language][0]))) await this.fetch(this.pages[language]);
    await this.noteLanguage(language);
  }

  async noteLanguage(language) {
    await (await caches.open(this.name)).put(LANGUAGE, new Response(language));
  }

  async language() {
    return (await lastLanguage()) ?? navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => this.pages[tag]) ?? DEFAULT;
  }

  // The page for when there is no network, in the language asked for, else the one that was read last.
  async standIn({ url }) {
    const cache = await caches.open(this.name).catch(() => null);
    for (const language of [new URL(url).searchParams.get("lang"), await this.language(), DEFAULT]) {
      const page = this.pages[language] && (await cache?.match(this.pages[language][0]));
      if (page) return page;
    }
    return null;
  }
}

async function lastLanguage() {
  return (await caches.match(LANGUAGE).catch(() => null))?.text();
}
