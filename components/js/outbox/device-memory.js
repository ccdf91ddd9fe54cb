// Remember own reports, so that nobody confirms themselves and everybody can see what became of theirs, and assets, so
// that a sticker is known without a network.

const REPORTS = { key: "haren:own", limit: 50 };
const PHOTOS = { key: "haren:photos", limit: 12 };
const ASSETS = { key: "haren:things", limit: 20 };
const UNSENT_KEY = "haren:unsent";
const MAX_AGE = 30 * 86_400_000;

export function rememberReport({ id, body: { code, problem, fine }, about: { thing } }) {
  remember(REPORTS, { id, code, problem, fine: Boolean(fine), thing }, (known) => known.id === id);
}

// Return own reports { id, code, problem, fine, thing, at, seen }, the newest first. `seen` is the state that was seen
// last, with the time when that was.
export function ownReports() {
  return recall(REPORTS);
}

// Keep what became of these reports, as the server has just said. Those that it left out are gone there.
export function rememberStates(ids, states) {
  const known = new Map(states.map((state) => [state.id, state]));
  const checked = Date.now();
  const update = (report) => (ids.includes(report.id) ? { ...report, seen: { ...(known.get(report.id) ?? { gone: true }), checked } } : report);
  write(REPORTS.key, recall(REPORTS).map(update));
}

export function forgetReport(id) {
  for (const { key } of [REPORTS, PHOTOS]) write(key, recall({ key }).filter((known) => known.id !== id));
}

export function forgetReports() {
  for (const { key } of [REPORTS, PHOTOS]) write(key, []);
}

// `url` is a small picture as a data address: only this phone shows residents their photos.
export function rememberPhoto(id, url) {
  if (url) remember(PHOTOS, { id, url }, (known) => known.id === id);
}

export function ownPhoto(id) {
  return recall(PHOTOS).find((known) => known.id === id)?.url ?? null;
}

// Return the id of the latest own report of this problem, or ''.
export function ownReportId(code, problem) {
  return recall(REPORTS).find((known) => known.code === code && known.problem === problem)?.id ?? "";
}

// `asset` is what a sticker's page offers: { code, name, buttons: [[problem, fine]] }.
export function rememberAsset(asset) {
  remember(ASSETS, asset, ({ code }) => code === asset.code);
}

export function knownAsset(code) {
  return recall(ASSETS).find((asset) => asset.code === code);
}

// Note how many items wait in which database. Where that database is gone, its items are lost. Return how many were
// lost, until the person has acknowledged it.
export function recordUnsent(databaseId, count) {
  const last = read(UNSENT_KEY) ?? {};
  const lost = (last.lost ?? 0) + (last.born && last.born !== databaseId ? last.count : 0);
  write(UNSENT_KEY, { born: databaseId, count, lost });
  return lost;
}

export function clearLostCount() {
  write(UNSENT_KEY, { ...read(UNSENT_KEY), lost: 0 });
}

function remember({ key, limit }, value, isSame) {
  const others = recall({ key }).filter((known) => !isSame(known));
  write(key, [{ ...value, at: Date.now() }, ...others].slice(0, limit));
}

function recall({ key }) {
  const known = read(key);
  return Array.isArray(known) ? known.filter(({ at }) => Date.now() - at < MAX_AGE) : [];
}

// A browser may refuse to store anything. Nothing here is needed to report.
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {}
}
