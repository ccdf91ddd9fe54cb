// Keep what somebody has typed in this browser until the server has it. Where the browser stores nothing, it stays in
// its field alone.

// `storage` is "localStorage", or "sessionStorage" for what belongs to this tab. The value null deletes what was
// stored.
export function store(key, value, storage = "localStorage") {
  try {
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    // the storage is full or forbidden
  }
}

// Return the stored value, or null.
export function load(key, storage = "localStorage") {
  try {
    return JSON.parse(globalThis[storage].getItem(key));
  } catch {
    return null;
  }
}
