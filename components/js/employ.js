// The worker: pages without a network, and sending in the background.

const WORKER = "/sw.js";

// Have one, and tell it what this page tells of its reader. Later than all that the page needs itself.
export function employ(news) {
  const start = () => hire(news).catch(() => {});
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

// Should one ever do harm, a page can take it away from every phone on which it is opened.
export async function dismiss() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

async function hire(news) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  await workers.register(WORKER, { type: "module", updateViaCache: "none" });
  const { active } = await workers.ready;
  active.postMessage({ language: document.documentElement.lang, ...news });
}
