// What this browser keeps of somebody's log: what they have begun to write, and what is not sent yet.

import { Database, resultOf } from "./database.js";

const database = new Database();

// Nothing where this browser keeps nothing.
export async function deviceEntriesOf(person) {
  const { drafts, items } = await database.read(readAll).catch(() => ({ drafts: [], items: [] }));
  return {
    drafts: drafts.filter(({ owner, text }) => owner === person && text),
    items: items.filter((item) => item.kind === "entry" && item.person === person),
  };
}

async function readAll({ drafts, items }) {
  return { drafts: drafts ? await resultOf(drafts.getAll()) : [], items: await resultOf(items.getAll()) };
}
