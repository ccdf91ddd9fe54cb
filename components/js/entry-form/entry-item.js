// Turn a draft into an item of the outbox, and a refused item back into a draft.

import { fromLocal, toLocal } from "../lib/local-dates.js";

const CLAIM_BYTES = 24;

// The claim to an entry whose author nobody else may know.
export function createClaim() {
  const bytes = crypto.getRandomValues(new Uint8Array(CLAIM_BYTES));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
}

// An entry under the team's name has a group of its own. Else it would always follow directly upon the same person's
// other entries, which would tell who wrote it. `now` is when it was saved, as it may arrive days later.
export function entryItem(draft, person, language, now = new Date()) {
  return {
    id: draft.id,
    kind: "entry",
    group: draft.claim ? `log/${person}/veiled` : `log/${person}`,
    url: "/api/v1/entries",
    method: "POST",
    body: { ...requestBody(draft), happened_at: happenedAt(draft, now).toISOString() },
    language,
    about: { text: draft.text, draft: { ...draft, claim: undefined } },
    person,
    photos: draft.photos,
  };
}

// The draft of a refused item.
export function draftFromItem({ id, about, body, person, photos }) {
  return { ...about.draft, id, owner: person, photos, claim: body.claim, at: Date.now() };
}

function requestBody(draft) {
  const { id, kind, text, roots, partners, audience } = draft;
  const body = { id, kind, text, roots, partners, site_id: draft.site_id || null, audience: audience || undefined };
  if (kind !== "obstacle") return body;
  const { hits, tried, claim } = draft;
  const optional = Object.entries({ hits, tried, claim }).filter(([, value]) => value);
  return { ...body, obstacle_kind: draft.obstacle_kind || null, ...Object.fromEntries(optional) };
}

function happenedAt({ when, happened_at }, now) {
  if (when === "morning") return thisMorning(now);
  return when === "other" && happened_at ? fromLocal(happened_at) : now;
}

// Return eight o'clock, or now where it is earlier.
function thisMorning(now) {
  const morning = fromLocal(`${toLocal(now).slice(0, 10)}T08:00`);
  return morning < now ? morning : now;
}
