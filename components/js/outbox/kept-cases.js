// Keep the open cases of a crew on this phone, for when there is no network. Residents' words are personal data: they
// are kept for one person at a time, for a week at most, and gone when that person signs out.

import { resultOf } from "./database.js";

export const KEY = "cases";
const FRESH_FOR = 300_000;
const KEPT_FOR = 7 * 86_400_000;

// `kept` is { person: { id, name }, cases }, as the API answers.
export function keepCases(database, kept) {
  return database.writeImmediately("me", (store) => store.put({ ...kept, at: Date.now() }, KEY));
}

// Return { person, cases, at }, or undefined. What is too old is deleted.
export async function keptCases(database) {
  const kept = await database.read(({ me }) => resultOf(me.get(KEY)));
  if (!kept || isWithin(kept.at, KEPT_FOR)) return kept;
  await forgetCases(database);
  return undefined;
}

export function areFresh(kept) {
  return Boolean(kept) && isWithin(kept.at, FRESH_FOR);
}

export function forgetCases(database) {
  return database.writeImmediately("me", (store) => store.delete(KEY));
}

// A clock that was set back must not keep anything for longer.
function isWithin(at, span) {
  return Math.abs(Date.now() - at) < span;
}
