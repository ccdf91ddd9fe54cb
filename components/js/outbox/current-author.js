// Who writes on this phone: noted when the log is opened with a network, and read where there is none.

import { answer } from "./database.js";

const ME = "me";
const LAST = "last/";

// { person, name, team: { name, organisation, members } or null, partners }
export function rememberAuthor(vault, me) {
  return vault.jot(ME, (store) => store.put({ ...me, at: Date.now() }, ME));
}

export function currentAuthor(vault) {
  return vault.read(({ me }) => answer(me.get(ME)));
}

// Whoever signs out leaves the phone to others. What waits for them stays, under their id.
export function forgetAuthor(vault) {
  return vault.jot(ME, (store) => store.delete(ME));
}

export function lastChoices(vault, person) {
  return vault.read(({ me }) => answer(me.get(`${LAST}${person}`)));
}

export function rememberChoices(vault, person, choices) {
  return vault.jot(ME, (store) => store.put(choices, `${LAST}${person}`));
}

// All who have saved an entry on this phone, of the store that has their choices.
export async function signers(me) {
  return (await answer(me.getAllKeys())).filter((key) => key.startsWith(LAST)).map((key) => key.slice(LAST.length));
}
