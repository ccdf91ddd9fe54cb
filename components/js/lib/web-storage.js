// What somebody has typed, kept in this browser until the server has it. Where a browser keeps nothing, it stands in its field alone.

// `shelf` is "localStorage", or "sessionStorage" for what is this tab's alone. Nothing to keep (null) forgets what was kept.
export function store(key, value, storage = "localStorage") {
  try {
    if (value === null) globalThis[storage].removeItem(key);
    else globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    // full, or forbidden
  }
}

// Or null.
export function load(key, storage = "localStorage") {
  try {
    return JSON.parse(globalThis[storage].getItem(key));
  } catch {
    return null;
  }
}
