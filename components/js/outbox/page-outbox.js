// The page's outbox, and the events at which every page tries to send.

import { Outbox } from "./outbox.js";

const SYNC = "haren:outbox";

export const outbox = new Outbox();

let isStarted = false;
let hasAskedToPersist = false;

export function startSending() {
  if (isStarted) return;
  isStarted = true;
  sendWaiting();
  addEventListener("online", sendWaiting);
  addEventListener("pageshow", ({ persisted }) => persisted && sendWaiting());
  addEventListener("pagehide", () => outbox.releaseLock());
  document.addEventListener("visibilitychange", () => document.hidden || sendWaiting());
  outbox.subscribe(({ stopped }) => stopped && prepareBackgroundSending());
}

async function sendWaiting() {
  const items = await outbox.items().catch(() => []);
  if (items.some(({ state }) => state === "waiting")) outbox.flush({ now: true });
}

// Something has to wait: the browser may send it while no page is open, and should not clear the storage.
async function prepareBackgroundSending() {
  if (!hasAskedToPersist) navigator.storage?.persist?.().catch(() => {});
  hasAskedToPersist = true;
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SYNC).catch(() => {});
}
