// The cases on a sticker's page, as staff see them. Without this module the server ignores a second press, and the undo
// stays until the page is opened again.

import { guardPresses } from "../lib/presses.js";

const SHOWN_CLOSED = 10_000;

guardPresses();
setTimeout(() => {
  for (const undo of document.querySelectorAll("[data-undo]")) undo.remove();
}, SHOWN_CLOSED);
