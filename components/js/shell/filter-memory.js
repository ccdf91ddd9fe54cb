// Keep the filters of each screen for its next visit in this tab: links to the screen lead to it as it was left.

import { load, store } from "../lib/web-storage.js";

const KEY = "haren-filters";

export function keepFilters() {
  addEventListener("pagehide", () => store(KEY, { ...filters(), [location.pathname]: location.search }, "sessionStorage"));
  for (const type of ["click", "auxclick", "contextmenu"]) document.addEventListener(type, restoreFilters, true);
}

// Only where a link says nothing about filters itself.
function restoreFilters({ target }) {
  const link = target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || link.search || link.hash || link.pathname === location.pathname) return;
  link.search = filters()[link.pathname] ?? "";
}

function filters() {
  return load(KEY, "sessionStorage") ?? {};
}
