// This page's outbox, and the moments at which it tries to send: pages of every kind do it alike.

import { Outbox } from "./outbox.js";

const SYNC = "haren:outbox";

export const outbox = new Outbox();

let isBusy = false;
let isAsked = false;

export function startSending() {
  if (isBusy) return;
  isBusy = true;
  sendWhatWaits();
  addEventListener("online", sendWhatWaits);
  addEventListener("pageshow", ({ persisted }) => persisted && sendWhatWaits());
  addEventListener("pagehide", () => outbox.leave());
  document.addEventListener("visibilitychange", () => document.hidden || sendWhatWaits());
  outbox.subscribe(({ stopped }) => stopped && beReady());
}

async function sendWhatWaits() {
  const items = await outbox.items().catch(() => []);
  if (items.some(({ state }) => state === "waiting")) outbox.flush({ now: true });
}

// Something has to wait: the browser may send it while no page is open, and should not clear it away.
async function beReady() {
  if (!isAsked) navigator.storage?.persist?.().catch(() => {});
  isAsked = true;
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SYNC).catch(() => {});
}
