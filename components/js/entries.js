// Entries on their way to the API.

const PATIENCE = 15_000;

// Send an entry. The same id with the same content may be sent again: it is kept once.
export function post(draft) {
  return fetch("/api/v1/entries", request(draft));
}

// crypto.randomUUID exists only where the page is served securely; a phone on the local network is not.
export function mint() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function request(draft) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    signal: AbortSignal.timeout(PATIENCE),
    body: JSON.stringify({
      ...draft,
      partner: undefined,
      site_id: draft.site_id || null,
      obstacle_kind: (draft.kind === "obstacle" && draft.obstacle_kind) || null,
      happened_at: draft.happened_at ? new Date(draft.happened_at).toISOString() : null,
    }),
  };
}
