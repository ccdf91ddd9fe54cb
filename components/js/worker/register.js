// Register the service worker for pages without a network and for sending in the background.

const WORKER_PATH = "/sw.js";

// Register the worker and send it a message about this page, once the page has loaded all that it needs itself.
export function registerWorker(message) {
  const start = () => (isDisabled() ? unregister() : register(message)).catch(() => {});
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

// A way out if a worker ever does harm: a page whose script has the attribute `data-unemployed` removes it from each
// phone that opens the page.
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
