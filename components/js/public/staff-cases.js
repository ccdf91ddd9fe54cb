// The cases on a sticker's page, as staff see them. Without this module the server ignores a second press, and the undo
// stays until the page is opened again. The phone keeps the cases for when there is no network.

import { refreshKeptCases } from "../cases/keep-cases.js";
import { guardPresses } from "../lib/presses.js";
import { registerWorker } from "../worker/register.js";

const SHOWN_CLOSED = 10_000;

guardPresses();
registerWorker({ keeps: "log" });
refreshKeptCases();
setTimeout(() => {
  for (const undo of document.querySelectorAll("[data-undo]")) undo.remove();
}, SHOWN_CLOSED);
