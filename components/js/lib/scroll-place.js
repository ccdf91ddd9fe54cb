// Remember which row of a long list somebody saw, for the way back to it. Rows above it may have come meanwhile, so the
// row counts and not its distance from the top. Each entry of the browser's history has a place of its own.

import { load, store } from "./web-storage.js";

const KEY = "haren-places";
const MOST = 20;

// Save the first visible row of `selector` whenever the page is left. Return a function that ends this.
export function followPlace(selector) {
  markEntry();
  const save = () => savePlace(history.state?.place, selector);
  addEventListener("pagehide", save);
  return () => removeEventListener("pagehide", save);
}

// Give the history entry a place, unless it has one. Another address for it may have taken its state away.
export function markEntry() {
  if (!history.state?.place) history.replaceState(withNewPlace(history.state), "");
}

// Return the state of a new history entry that has a place of its own.
export function withNewPlace(state) {
  return { ...state, place: `${Date.now()}-${Math.random()}` };
}

// Return the row that was seen here before, { id, offset, at }, or null on a new visit.
export function placeBefore() {
  return Object.fromEntries(places())[history.state?.place] ?? null;
}

// Scroll so that the row stands where it stood, `offset` pixels below the top of the window. Return false if the page is
// too short for that.
export function scrollToPlace(row, offset) {
  scrollBy(0, row.getBoundingClientRect().top - offset);
  return Math.abs(row.getBoundingClientRect().top - offset) < 2;
}

function savePlace(key, selector) {
  const row = [...document.querySelectorAll(selector)].find((one) => one.getBoundingClientRect().bottom > 0);
  const others = places().filter(([other]) => other !== key);
  const seen = row && scrollY > 0 ? [[key, { id: row.dataset.row, at: row.dataset.at, offset: row.getBoundingClientRect().top }]] : [];
  store(KEY, [...others, ...seen].slice(-MOST), "sessionStorage");
}

function places() {
  const kept = load(KEY, "sessionStorage");
  return Array.isArray(kept) ? kept : [];
}
