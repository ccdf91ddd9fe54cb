// Read a person's drafts and unsent entries on this device.

import { Database, resultOf } from "./database.js";

const database = new Database();

// Return empty lists where this browser stores nothing.
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
