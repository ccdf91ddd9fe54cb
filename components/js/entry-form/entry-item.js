// Entries on their way: what is written in the form, what the outbox keeps of it, and back again when it was refused.

const CLAIM_BYTES = 24;

// The key to an entry of which nobody else may know who wrote it.
export function createClaim() {
  const bytes = crypto.getRandomValues(new Uint8Array(CLAIM_BYTES));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
}

// The outbox's item. What stands under the team's name waits in a row of its own, so that it need not follow directly upon
// what the same person wrote under their own. `now` is when it was saved: it may arrive days later.
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

// The draft that was refused, with what is needed to go on with it.
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
  return when === "other" && happened_at ? new Date(happened_at) : now;
}

// Eight o'clock, or now where it is earlier than that.
function thisMorning(now) {
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 8);
  return morning < now ? morning : now;
}
