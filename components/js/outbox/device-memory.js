// What this phone remembers, so that nobody confirms themselves and a sticker that was seen before is known without a network.

const OWN = { place: "haren:own", most: 50 };
const THINGS = { place: "haren:things", most: 20 };
const UNSENT = "haren:unsent";
const LONGEST = 30 * 86_400_000;

export function rememberReport({ id, body: { code, problem } }) {
  remember(OWN, { id, code, problem }, (known) => known.code === code && known.problem === problem);
}

// The id of one's own latest report of the same, or ''.
export function ownReportId(code, problem) {
  return recall(OWN).find((known) => known.code === code && known.problem === problem)?.id ?? "";
}

// What a sticker's page offers: { code, name, site, buttons: [[problem, fine]] }.
export function rememberAsset(thing) {
  remember(THINGS, thing, ({ code }) => code === thing.code);
}

export function knownAsset(code) {
  return recall(THINGS).find((thing) => thing.code === code);
}

// How much waits here, and in which database: where that one is gone, so is what waited. Returns how much was lost so, until the
// person has taken note of it.
export function recordUnsent(born, count) {
  const noted = read(UNSENT) ?? {};
  const lost = (noted.lost ?? 0) + (noted.born && noted.born !== born ? noted.count : 0);
  write(UNSENT, { born, count, lost });
  return lost;
}

export function clearLostCount() {
  write(UNSENT, { ...read(UNSENT), lost: 0 });
}

function remember({ place, most }, one, isSame) {
  const others = recall({ place }).filter((known) => !isSame(known));
  write(place, [{ ...one, at: Date.now() }, ...others].slice(0, most));
}

function recall({ place }) {
  const known = read(place);
  return Array.isArray(known) ? known.filter(({ at }) => Date.now() - at < LONGEST) : [];
}

// A browser may refuse to keep anything; all this is for convenience.
function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function write(place, value) {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {}
}
