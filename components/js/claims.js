// The claims that this phone keeps: proof that one wrote something under the team's name. They are shown to nobody, and go
// to the server only with what one does to that entry.

import { Vault, answer } from "./vault.js";

const vault = new Vault();

// { id, claim, text, at } or undefined, also where this browser keeps nothing.
export async function claimOf(entryId) {
  try {
    return await vault.read(({ claims }) => claims && answer(claims.get(entryId)));
  } catch {
    return undefined;
  }
}

// All of them, the newest first.
export async function allClaims() {
  try {
    const kept = (await vault.read(({ claims }) => claims && answer(claims.getAll()))) ?? [];
    return kept.sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}
