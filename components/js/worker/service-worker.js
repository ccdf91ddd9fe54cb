// The service worker. It answers only where the network doesn't. It caches the page that stands in for all others
// and, for staff, the log, but no page that was rendered for somebody who is signed in. A faulty worker is replaced
// by the next release.

import { createId } from "../lib/ids.js";
import { parseCode } from "../lib/sticker-code.js";
import { actItem } from "../outbox/act-item.js";
import { forgetAuthor } from "../outbox/current-author.js";
import { withTimeout } from "../outbox/database.js";
import { keptCases } from "../outbox/kept-cases.js";
import { Outbox } from "../outbox/outbox.js";
import { reportItem } from "../outbox/report-item.js";
import { CASES_PATH, IMMUTABLE, LOG_PATH, PageCache } from "./page-cache.js";
import { answerRelease } from "./release.js";
import { receiveShare, SHARE_PATH } from "./share-target.js";

const TIMEOUT = 3_000;
const RELOAD_TIMEOUT = 10_000; // whoever reloads prefers a slow page to none
const LOG_TIMEOUT = 2_000; // the cached log can do all that the log can

const STICKER_PATH = /^\/q\/([^/]+)\/?$/i;
const ACT_PATH = /^\/q\/([^/]+)\/cases\/([^/]+)\/?$/i;
const AUTHOR_CHANGE_PATH = /^\/(out$|me\/leave$|join\/)/;
const FILE_PATH = /\.\w+$/;

// `config` is { version, modules, pages, log, cases }: the pages and their words by language, and the same for the log and
// the cases.
export function serve(config) {
  const pageCache = new PageCache(config);
  const outbox = new Outbox();
  addEventListener("install", (event) => event.waitUntil(pageCache.precache().then(() => skipWaiting())));
  addEventListener("activate", (event) => event.waitUntil(activate(pageCache)));
  addEventListener("message", (event) => event.waitUntil(pageCache.onPageMessage(event.data ?? {}).catch(() => {})));
  addEventListener("message", answerRelease);
  addEventListener("sync", (event) => event.waitUntil(sendAll(outbox)));
  addEventListener("fetch", (event) => {
    const response = respondTo(event, pageCache, outbox);
    if (response) event.respondWith(response);
    event.waitUntil(forgetAuthorOnSignOut(event, response, outbox).catch(() => {}));
  });
}

async function activate(pageCache) {
  await pageCache.deleteOldVersions();
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// The browser tries again later where this fails.
async function sendAll(outbox) {
  await outbox.flush({ now: true });
  if ((await outbox.items()).some(({ state }) => state === "waiting")) throw new Error("not all of it has gone");
}

// Return null for what only the network can answer: the API, live connections, photos, downloads, other forms.
function respondTo({ request, preloadResponse }, pageCache, outbox) {
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return null;
  if (request.method === "GET" && IMMUTABLE.test(pathname)) return pageCache.cacheFirst(request);
  if (request.mode !== "navigate") return null;
  if (request.method === "POST" && pathname === SHARE_PATH) return receiveShare(request);
  if (request.method === "POST" && STICKER_PATH.test(pathname)) return postReport(request, pageCache, outbox);
  if (request.method === "POST" && ACT_PATH.test(pathname)) return postAct(request, pageCache, outbox);
  return request.method === "GET" && !FILE_PATH.test(pathname) ? networkFirst(request, preloadResponse, pageCache) : null;
}

async function networkFirst(request, preload, pageCache) {
  const page = Promise.resolve(preload).then((response) => response ?? fetch(request));
  try {
    return throwIfUnavailable(await withTimeout(await timeoutFor(request, pageCache), page));
  } catch {
    return (await pageCache.fallbackFor(request)) ?? page;
  }
}

async function timeoutFor({ url, cache }, pageCache) {
  if (standsAlone(url) && (await pageCache.cachedLog())) return LOG_TIMEOUT;
  return cache === "default" ? TIMEOUT : RELOAD_TIMEOUT;
}

function standsAlone(url) {
  const { pathname } = new URL(url);
  return LOG_PATH.test(pathname) || CASES_PATH.test(pathname);
}

// Forget the author after signing out, leaving, or an answer that nobody is signed in, and when a person joins on
// this device.
async function forgetAuthorOnSignOut({ request }, response, outbox) {
  if (request.mode !== "navigate") return;
  const isLeaving = request.method === "POST" && AUTHOR_CHANGE_PATH.test(new URL(request.url).pathname);
  if (isLeaving || (await response)?.status === 401) await forgetAuthor(outbox.database);
}

// A form that the browser posted itself because its module had not loaded: the report is stored where the network
// fails.
async function postReport(request, pageCache, outbox) {
  const copy = request.clone();
  try {
    return throwIfUnavailable(await fetch(request));
  } catch (error) {
    const page = await pageCache.fallbackFor(request);
    if (!page) throw error;
    await outbox.put(reportFromForm(request, await copy.formData(), await pageCache.language()));
    return page;
  }
}

function reportFromForm({ url }, fields, language) {
  const [, typed] = new URL(url).pathname.match(STICKER_PATH);
  const { code } = parseCode(decodeURIComponent(typed));
  const [problem, fine] = [fields.get("problem") ?? fields.get("fine"), fields.has("fine")];
  const [id, note, again] = ["id", "note", "again"].map((name) => fields.get(name) ?? "");
  if (!code || !problem || !id) throw new Error("this is no report");
  const subject = fields.get("subject") || fields.get("website");
  return reportItem({ id, code, problem, fine, note, again, subject, stamp: { value: id, at: Date.now() }, assetName: code, language });
}

const ACTS = { acknowledge: ["acknowledge", {}], resolve: ["close", { outcome: "fixed" }], reopen: ["reopen", {}] };

// A button of staff on a sticker's page: where the network fails, the act is stored, and the page that stands in shows
// that it waits.
async function postAct(request, pageCache, outbox) {
  const copy = request.clone();
  try {
    return throwIfUnavailable(await fetch(request));
  } catch (error) {
    const kept = await keptCases(outbox.database);
    const [, code, caseId] = new URL(request.url).pathname.match(ACT_PATH);
    const [verb, body] = ACTS[(await copy.formData()).get("act")] ?? [];
    if (!kept || !verb) throw error;
    await outbox.put(actFromForm(kept, caseId, verb, body, await pageCache.language()));
    return Response.redirect(`/q/${code}`, 303);
  }
}

function actFromForm({ person, cases }, caseId, verb, body, language) {
  const { number, asset, words } = cases.find(({ id }) => id === caseId) ?? {};
  const about = { case: caseId, number, thing: [asset, words].filter(Boolean).join(", "), verb, text: "" };
  return actItem({ caseId, verb, body: { id: createId(), ...body }, person: person.id, language, about });
}

// A reverse proxy's error page is as good as no network. Haren's own error pages name their language.
function throwIfUnavailable(response) {
  if (response.status >= 502 && response.status <= 504 && !response.headers.has("Content-Language")) throw new Error("away");
  return response;
}

