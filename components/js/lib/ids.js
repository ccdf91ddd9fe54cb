// Ids that clients mint: long enough that nobody can guess another's.

const BYTES = 16;

// crypto.randomUUID exists only where the page is served securely; a phone on the local network is not.
export function createId() {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
