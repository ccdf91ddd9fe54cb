// The worker: pages without a network, and sending in the background.

const WORKER = "/sw.js";

// Have one, and tell it what this page tells of its reader. Later than all that the page needs itself.
export function registerWorker(news) {
  const start = () => (isUnregistered() ? unregister() : register(news)).catch(() => {});
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

// Should one ever do harm, a page whose script has the attribute `data-unemployed` takes it away from every phone on which it is
// opened.
export async function unregister() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

function isUnregistered() {
  return document.querySelector("script[data-unemployed]") !== null;
}

async function register(news) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  await workers.register(WORKER, { type: "module", updateViaCache: "none" });
  const { active } = await workers.ready;
  active.postMessage({ language: document.documentElement.lang.split("-")[0], ...news });
}
