// Create ids that nobody can guess.

const BYTES = 16;

// crypto.randomUUID exists only on pages that are served securely. A phone on the local network has none.
export function createId() {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
