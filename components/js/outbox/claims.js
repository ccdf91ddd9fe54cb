// The claims that this phone keeps: proof that one wrote something under the team's name. They are shown to nobody but their
// owner, also where several people use one device. One goes to the server with what one asks of that entry or does to it. All of
// them go in one message when one only looks at "Mine" in the obstacle diary: the server writes none of them down, but while that
// view is open it knows that they are this person's.

import { knownAuthors } from "./current-author.js";
import { Database, resultOf } from "./database.js";

const database = new Database();

// { id, claim, text, at, owner } or undefined, also where this browser keeps nothing.
export async function claimOf(entryId, person) {
  return (await allClaims(person)).find(({ id }) => id === entryId);
}

// All of this person's, the newest first.
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

// Claims had no owner once. Where several have written since, nobody can tell whose those are.
function soleAuthor(authors) {
  return authors.length === 1 ? authors[0] : undefined;
}
