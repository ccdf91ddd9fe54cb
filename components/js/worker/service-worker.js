// The service worker. It answers only where the network doesn't, and keeps no page but the one that stands in for all others, and
// where staff have been the log's: no page that somebody has seen signed in is ever kept, and a worker that is wrong can be replaced
// by the next deploy.

import { parseCode } from "../lib/sticker-code.js";
import { forgetAuthor } from "../outbox/current-author.js";
import { withTimeout } from "../outbox/database.js";
import { Outbox } from "../outbox/outbox.js";
import { reportItem } from "../outbox/report-item.js";
import { IMMUTABLE, LOG, PageCache } from "./page-cache.js";
import { answerRelease } from "./release.js";
import { receive, SHARE_PATH } from "./share-target.js";

const TIMEOUT = 3_000;
const PATIENCE_OF_WHO_TRIES_AGAIN = 10_000; // a network may be slow and still be one
const PATIENCE_FOR_THE_LOG = 2_000; // its other door does all that this one does

const STICKER = /^\/q\/([^/]+)\/?$/i;
const OTHER_PERSON = /^\/(out$|me\/leave$|join\/)/;
const FILE = /\.\w+$/;

// `config` is { version, modules, pages, log }: pages by language, each with what it needs, and the same of the log for staff.
export function serve(config) {
  const shelf = new PageCache(config);
  const outbox = new Outbox();
  addEventListener("install", (event) => event.waitUntil(shelf.stock().then(() => skipWaiting())));
  addEventListener("activate", (event) => event.waitUntil(takeOver(shelf)));
  addEventListener("message", (event) => event.waitUntil(shelf.heed(event.data ?? {}).catch(() => {})));
  addEventListener("message", answerRelease);
  addEventListener("sync", (event) => event.waitUntil(sendAll(outbox)));
  addEventListener("fetch", (event) => {
    const answer = answerTo(event, shelf, outbox);
    if (answer) event.respondWith(answer);
    event.waitUntil(notice(event, answer, outbox).catch(() => {}));
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
  if (request.method === "GET" && IMMUTABLE.test(pathname)) return shelf.give(request);
  if (request.mode !== "navigate") return null;
  if (request.method === "POST" && pathname === SHARE_PATH) return receive(request);
  if (request.method === "POST" && STICKER.test(pathname)) return reportWith(request, shelf, outbox);
  return request.method === "GET" && !FILE.test(pathname) ? pageFor(request, preloadResponse, shelf) : null;
}

async function pageFor(request, preload, shelf) {
  const page = Promise.resolve(preload).then((response) => response ?? fetch(request));
  try {
    return whole(await withTimeout(await patienceFor(request, shelf), page));
  } catch {
    return (await shelf.standIn(request)) ?? page;
  }
}

async function patienceFor({ url, cache }, shelf) {
  if (isLog(url) && (await shelf.keptLog())) return PATIENCE_FOR_THE_LOG;
  return cache === "default" ? TIMEOUT : PATIENCE_OF_WHO_TRIES_AGAIN;
}

function isLog(url) {
  return LOG.test(new URL(url).pathname);
}

// Whoever signs out or leaves, or has been signed out, is nobody here any more; nor who was there before somebody comes in.
async function notice({ request }, answer, outbox) {
  if (request.mode !== "navigate") return;
  const isLeaving = request.method === "POST" && OTHER_PERSON.test(new URL(request.url).pathname);
  if (isLeaving || (await answer)?.status === 401) await forgetAuthor(outbox.database);
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
  const { code } = parseCode(decodeURIComponent(typed));
  const [problem, fine] = [sent.get("problem") ?? sent.get("fine"), sent.has("fine")];
  const [id, note, again] = ["id", "note", "again"].map((name) => sent.get(name) ?? "");
  if (!code || !problem || !id || sent.get("website")) throw new Error("this is no report");
  return reportItem({ id, code, problem, fine, note, again, stamp: { value: id, at: Date.now() }, thing: code, language });
}

// A reverse proxy that says that Haren is away is as good as no network. Haren's own pages name their language.
function whole(response) {
  if (response.status >= 502 && response.status <= 504 && !response.headers.has("Content-Language")) throw new Error("away");
  return response;
}

