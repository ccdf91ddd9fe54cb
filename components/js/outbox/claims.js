// Read the claims on this phone: they prove that somebody wrote an entry under the team's name. Several people may
// use one device, so a claim is shown to its owner only. A request about an entry carries that entry's claim. The
// view "Mine" of the obstacle diary sends all claims of a person in one message. The server stores none of them, but
// while that view is open it knows that they belong to this person.

import { knownAuthors } from "./current-author.js";
import { Database, resultOf } from "./database.js";

const database = new Database();

// Return { id, claim, text, at, owner }, or undefined, also where this browser stores nothing.
export async function claimOf(entryId, person) {
  return (await allClaims(person)).find(({ id }) => id === entryId);
}

// Return all claims of this person, newest first.
export async function allClaims(person) {
  try {
    const own = await database.read(async ({ claims, me }) => {
      const [all, authors] = [await resultOf(claims.getAll()), await knownAuthors(me)];
      return all.filter(({ owner = soleAuthor(authors) }) => person && owner === person);
    });
    return own.sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

// Earlier versions stored claims without an owner. Where several people have written since, nobody can tell whose
// they are.
function soleAuthor(authors) {
  return authors.length === 1 ? authors[0] : undefined;
}
