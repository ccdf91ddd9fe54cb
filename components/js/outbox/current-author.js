// Remember who writes on this phone. It is stored when the log is opened with a network, and read where there is
// none.

import { resultOf } from "./database.js";
import { KEY as CASES } from "./kept-cases.js";

const ME = "me";
const LAST = "last/";

// `me` is { person, name, team: { name, organisation, members } or null, partners }.
export function rememberAuthor(database, me) {
  return database.writeImmediately(ME, (store) => store.put({ ...me, at: Date.now() }, ME));
}

export function currentAuthor(database) {
  return database.read(({ me }) => resultOf(me.get(ME)));
}

// Whoever signs out leaves the phone to others. Their items stay in the outbox under their id.
export function forgetAuthor(database) {
  return database.writeImmediately(ME, (store) => [ME, CASES].forEach((key) => store.delete(key)));
}

export function lastChoices(database, person) {
  return database.read(({ me }) => resultOf(me.get(`${LAST}${person}`)));
}

export function rememberChoices(database, person, choices) {
  return database.writeImmediately(ME, (store) => store.put(choices, `${LAST}${person}`));
}

// Return the ids of all people who have saved an entry on this phone.
export async function knownAuthors(me) {
  return (await resultOf(me.getAllKeys())).filter((key) => key.startsWith(LAST)).map((key) => key.slice(LAST.length));
}
