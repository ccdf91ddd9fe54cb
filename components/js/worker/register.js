// The worker: pages without a network, and sending in the background.

const WORKER_PATH = "/sw.js";

// Have one, and tell it what this page tells of its reader. Later than all that the page needs itself.
export function registerWorker(message) {
  const start = () => (isDisabled() ? unregister() : register(message)).catch(() => {});
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

// Should one ever do harm, a page whose script has the attribute `data-unemployed` takes it away from every phone on which it is
// opened.
export async function unregister() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

function isDisabled() {
  return document.querySelector("script[data-unemployed]") !== null;
}

async function register(message) {
  const container = navigator.serviceWorker;
  if (!container) return;
  await container.register(WORKER_PATH, { type: "module", updateViaCache: "none" });
  const { active } = await container.ready;
  active.postMessage({ language: document.documentElement.lang.split("-")[0], ...message });
}
