// Say when there is a newer version than this page's. It never reloads by itself. `words` is { ready, reload, later
// }.

import { createButton } from "../lib/dom.js";
import { isOtherRelease } from "../worker/release.js";

const CHECK_INTERVAL = 15 * 60_000;
const TIMEOUT = 10_000;

// Listeners on the document that have something to save first call `event.detail.wait(promise)`.
const BEFORE_RELOAD = "haren:leaving";

let checkedAt = Date.now();

export function announceUpdates(words) {
  const container = navigator.serviceWorker;
  if (!container) return;
  const compare = async () => container.controller && (await isOtherRelease(container.controller)) && show(words);
  // A worker that takes over is the newest. One that was there already may be older than this page.
  container.addEventListener("controllerchange", compare);
  addEventListener("pageshow", ({ persisted }) => persisted && compare());
  document.addEventListener("visibilitychange", () => document.hidden || checkForUpdate(container));
  setInterval(() => checkForUpdate(container), CHECK_INTERVAL);
}

// An app may stay open for days, and a browser looks for a new worker only when it opens a page.
async function checkForUpdate(container) {
  if (Date.now() - checkedAt < CHECK_INTERVAL) return;
  checkedAt = Date.now();
  await (await container.getRegistration())?.update().catch(() => {});
}

export function show(words) {
  if (document.querySelector(".update-notice")) return;
  const bar = document.createElement("div");
  bar.className = "update-notice";
  const later = createButton(words.later, () => bar.remove());
  bar.append(createStatus(words.ready), createButton(words.reload, reload), later);
  document.body.append(bar);
}

// Screen readers announce changes of a live region, not its first content.
function createStatus(text) {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  setTimeout(() => (status.textContent = text), 100);
  return status;
}

async function reload() {
  const pending = [new Promise((resolve) => setTimeout(resolve))];
  document.dispatchEvent(new CustomEvent(BEFORE_RELOAD, { detail: { wait: (promise) => pending.push(promise) } }));
  await Promise.race([Promise.allSettled(pending), new Promise((resolve) => setTimeout(resolve, TIMEOUT))]);
  location.reload();
}
