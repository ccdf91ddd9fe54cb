// The key / leads to the search from every screen. A key without Ctrl or Alt can be turned off, as programs that people
// speak to may press it (WCAG 2.1.4).

import { load, store } from "../lib/web-storage.js";

const KEY = "haren:search-key";
const FIELDS = ".search-input, .search-way input";
const TYPED_INTO = "input, textarea, select, [contenteditable]";

export function isSearchKeyOn() {
  return load(KEY) !== "off";
}

// Return whether it is on now.
export function turnSearchKey() {
  store(KEY, isSearchKeyOn() ? "off" : null);
  return isSearchKeyOn();
}

export function followSearchKey() {
  addEventListener("keydown", onKey);
}

function onKey(event) {
  const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!isPlain || event.target.closest?.(TYPED_INTO) || document.querySelector(".q-dialog") || !isSearchKeyOn()) return;
  event.preventDefault();
  const field = [...document.querySelectorAll(FIELDS)].find((one) => one.checkVisibility());
  if (!field) return void location.assign("/search");
  field.focus();
  field.select();
}
