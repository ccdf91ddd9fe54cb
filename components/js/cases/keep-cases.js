// Keep the open cases of whoever is signed in on this phone, while there is a network.

import { Database } from "../outbox/database.js";
import { isAct } from "../outbox/act-item.js";
import { areFresh, keepCases, keptCases } from "../outbox/kept-cases.js";

const ADDRESS = "/api/v1/me/cases";

let refreshing = null;

// Fetch them unless they are fresh, or with `now` in any case. Return true if they were fetched.
export function refreshKeptCases({ now = false, database = new Database() } = {}) {
  refreshing ??= refresh(now, database).catch(() => false).finally(() => (refreshing = null));
  return refreshing;
}

async function refresh(now, database) {
  if (!now && areFresh(await keptCases(database))) return false;
  const response = await fetch(ADDRESS, { headers: { "Accept-Language": document.documentElement.lang }, cache: "no-store" });
  if (!response.ok) return false;
  await keepCases(database, await response.json());
  return true;
}

// What has arrived changes the cases.
export function refreshAfterSending(outbox) {
  outbox.subscribe(async ({ sent, refused }) => {
    if (!(sent?.answer?.act || refused)) return;
    if (!(await outbox.items()).some((item) => isAct(item) && item.state === "waiting")) refreshKeptCases({ now: true, database: outbox.database });
  });
}
