// Send one request of the outbox and classify its answer:
//   { answer }                            it has arrived: the answer names its id
//   { refused, field, status }            it is refused for good, with the reason
//   { trouble, affectsAll, retryAfter, neverLeft }   not now; `affectsAll` means that other items would fail as well,
//                                         `neverLeft` that this phone had no network at all

import { upload } from "../lib/upload.js";

const TIMEOUT = 15_000;

// A photo that failed after so long was on a slow line: a smaller one may come through.
const SLOW_AFTER = 10_000;

export const CLASH = 409; // the id is taken: other content has arrived under it

const REFUSALS = [400, 403, 404, CLASH, 410, 413, 415, 422];
const TOO_LARGE = 413;

export async function deliver({ id, kind, url, method, body, stamp, language, person }) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language, ...identityHeaders(person) };
  const content = JSON.stringify(stamp ? { ...body, stamp: stamp.value } : body);
  // The answer to an act names its case, too.
  const outcome = await request(url, { method, headers, body: content }, (data) => data.id === id || data.act === id);
  // What never arrived need not be taken back.
  return kind === "undo" && outcome.status === 404 ? { answer: { id } } : outcome;
}

// `number` is the photo's among several. A report has one photo without a number, and the photo of an act has an address of
// its own, `photo_url`. Where it failed, `wasSlow` says that
// the line may be too slow for it.
export async function deliverPhoto({ id, url, photo_url: ownUrl, language, person, body: { claim } }, { type, bytes }, number) {
  const headers = { "Content-Type": type || "application/octet-stream", "Accept-Language": language, ...identityHeaders(person, claim) };
  const photoUrl = ownUrl ?? (number ? `${url}/${id}/photos/${number}` : `${url}/${id}/photo`);
  const isExpected = (data) => (data.id === id || data.act === id) && (!number || data.place === number);
  const began = Date.now();
  const outcome = await request(photoUrl, { method: "PUT", headers, body: bytes }, isExpected, uploadForJson);
  return outcome.trouble ? { ...outcome, wasSlow: Date.now() - began >= SLOW_AFTER } : outcome;
}

// Names the author, as another person may be signed in by now. The claim proves authorship where the server keeps no
// author.
function identityHeaders(person, claim) {
  return { ...(person && { "Haren-Person": person }), ...(claim && { "Haren-Claim": claim }) };
}

export function fetchStamp() {
  return request("/api/v1/stamp", {}, (data) => typeof data.stamp === "string");
}

async function request(url, options, isExpected, exchange = fetchJson) {
  const isOffline = navigator.onLine === false;
  const [response, data] = await exchange(url, options);
  if (!response) return { trouble: "network", affectsAll: true, neverLeft: isOffline && navigator.onLine === false };
  if (response.ok && data && isExpected(data)) return { answer: data };
  if (isRefusal(response.status, data)) return { refused: data?.detail ?? "", field: data?.field ?? "", status: response.status };
  return temporaryFailure(response, data);
}

// Return the response and its JSON, or nothing where the connection broke, also in the middle of the body.
async function fetchJson(url, options) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  try {
    const response = await fetch(url, { ...options, cache: "no-store", redirect: "error", signal: controller.signal });
    return [response, parseJson(await response.text())];
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

async function uploadForJson(url, options) {
  const response = await upload(url, options).catch(() => null);
  return response ? [response, parseJson(response.text)] : [];
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Only Haren may refuse for good. The sign-in page of a network answers 403 as well. A reverse proxy may stop what is
// too large.
function isRefusal(status, data) {
  return status === TOO_LARGE || (REFUSALS.includes(status) && data?.status === status && typeof data.detail === "string");
}

function temporaryFailure({ status, headers }, data) {
  if (status === 401 && data?.status === status) return { trouble: "signed-out", affectsAll: false };
  const retryAfter = Number(headers.get("Retry-After")) * 1000 || 0;
  if (status === 500 && data?.status === status) return { trouble: "server", affectsAll: false, retryAfter };
  return { trouble: status >= 500 || [408, 425, 429].includes(status) ? "server" : "strange", affectsAll: true, retryAfter };
}
