// What somebody has typed, kept in this browser until the server has it. Where a browser keeps nothing, it stands in its field alone.

// `shelf` is "localStorage", or "sessionStorage" for what is this tab's alone. Nothing to keep (null) forgets what was kept.
export function store(place, value, shelf = "localStorage") {
  try {
    if (value === null) globalThis[shelf].removeItem(place);
    else globalThis[shelf].setItem(place, JSON.stringify(value));
  } catch {
    // full, or forbidden
  }
}

// Or null.
export function load(place, shelf = "localStorage") {
  try {
    return JSON.parse(globalThis[shelf].getItem(place));
  } catch {
    return null;
  }
}
