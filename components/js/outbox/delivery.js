// One request of the outbox, and what its answer means:
//   { answer }                   it has arrived: the answer names its id
//   { refused, field, status }   it never will, and this is why
//   { trouble, all, after }      not now; `all` says that the others would fare no better

const TIMEOUT = 15_000;
const PHOTO_TIMEOUT = 300_000;

export const CLASH = 409; // the id is taken: something else has arrived under it

const REFUSALS = [400, 403, 404, CLASH, 410, 413, 415, 422];
const TOO_LARGE = 413;

export function deliver({ id, url, method, body, stamp, language, person }) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language, ...signed(person) };
  const content = JSON.stringify(stamp ? { ...body, stamp: stamp.value } : body);
  return outcome(url, { method, headers, body: content }, TIMEOUT, (said) => said.id === id);
}

// `place` is the photo's among several; a report has but one.
export function deliverPhoto({ id, url, language, person, body: { claim } }, { type, bytes }, place) {
  const headers = { "Content-Type": type || "application/octet-stream", "Accept-Language": language, ...signed(person, claim) };
  const address = place ? `${url}/${id}/photos/${place}` : `${url}/${id}/photo`;
  const isAnswer = (said) => said.id === id && (!place || said.place === place);
  return outcome(address, { method: "PUT", headers, body: bytes }, PHOTO_TIMEOUT, isAnswer);
}

// Only this person's it is, whoever is signed in by now; the claim is the author's key where no author is kept.
function signed(person, claim) {
  return { ...(person && { "Haren-Person": person }), ...(claim && { "Haren-Claim": claim }) };
}

export function fetchStamp() {
  return outcome("/api/v1/stamp", {}, TIMEOUT, (said) => typeof said.stamp === "string");
}

async function outcome(url, request, patience, isAnswer) {
  const [response, said] = await fetchJson(url, request, patience);
  if (!response) return { trouble: "network", all: true };
  if (response.ok && said && isAnswer(said)) return { answer: said };
  if (isRefusal(response.status, said)) return { refused: said?.detail ?? "", field: said?.field ?? "", status: response.status };
  return troubleOf(response, said);
}

// The answer and its JSON. Nothing where the line was cut, also in the middle of the answer.
async function fetchJson(url, request, patience) {
  const patient = new AbortController();
  const timer = setTimeout(() => patient.abort(), patience);
  try {
    const response = await fetch(url, { ...request, cache: "no-store", redirect: "error", signal: patient.signal });
    return [response, parsed(await response.text())];
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Only Haren may refuse for good: the page with which a network asks for a password says 403, too. What is too large may be
// stopped on the way by a reverse proxy.
function isRefusal(status, said) {
  return status === TOO_LARGE || (REFUSALS.includes(status) && said?.status === status && typeof said.detail === "string");
}

function troubleOf({ status, headers }, said) {
  if (status === 401 && said?.status === status) return { trouble: "signed-out", all: false };
  const after = Number(headers.get("Retry-After")) * 1000 || 0;
  if (status === 500 && said?.status === status) return { trouble: "server", all: false, after };
  return { trouble: status >= 500 || [408, 425, 429].includes(status) ? "server" : "strange", all: true, after };
}
