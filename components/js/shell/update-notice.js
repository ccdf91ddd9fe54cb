// Says when there is a newer Haren than this page, and never reloads by itself. `words` is { ready, reload, later }.

import { isOtherRelease } from "../worker/release.js";

const BETWEEN_LOOKS = 15 * 60_000;
const TIMEOUT = 10_000;

// Whoever has something that a reload would lose says so: `event.detail.wait(promise)`, on the document.
const LEAVING = "haren:leaving";

let looked = Date.now();

export function announceUpdates(words) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const compare = async () => workers.controller && (await isOtherRelease(workers.controller)) && show(words);
  // A worker that takes over is the newest there is. One that has long been there may be older than this page.
  workers.addEventListener("controllerchange", compare);
  addEventListener("pageshow", ({ persisted }) => persisted && compare());
  document.addEventListener("visibilitychange", () => document.hidden || look(workers));
  setInterval(() => look(workers), BETWEEN_LOOKS);
}

// An app may stay open for days, and a browser looks for a new worker only when it opens a page.
async function look(workers) {
  if (Date.now() - looked < BETWEEN_LOOKS) return;
  looked = Date.now();
  await (await workers.getRegistration())?.update().catch(() => {});
}

export function show(words) {
  if (document.querySelector(".update-notice")) return;
  const bar = document.createElement("div");
  bar.className = "update-notice";
  const later = createButton(words.later, "press", () => bar.remove());
  bar.append(sentence(words.ready), createButton(words.reload, "press", reload), later);
  document.body.append(bar);
}

// A live region tells what changes in it, not what it was put in with.
function sentence(text) {
  const place = document.createElement("p");
  place.setAttribute("role", "status");
  setTimeout(() => (place.textContent = text), 100);
  return place;
}

function createButton(label, className, press) {
  const element = Object.assign(document.createElement("button"), { type: "button", className, textContent: label });
  element.addEventListener("click", press);
  return element;
}

async function reload() {
  const waits = [new Promise((resolve) => setTimeout(resolve))];
  document.dispatchEvent(new CustomEvent(LEAVING, { detail: { wait: (promise) => waits.push(promise) } }));
  await Promise.race([Promise.allSettled(waits), new Promise((resolve) => setTimeout(resolve, TIMEOUT))]);
  location.reload();
}
