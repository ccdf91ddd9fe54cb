// What every plain page gets besides: the outbox, what is unsent, and the worker. The page is whole without all this.

import { Outbox } from "./outbox.js";
import { Unsent } from "./unsent.js";

const SYNC = "haren:outbox";
const WORKER = "/sw.js";

const script = document.querySelector("script[data-words]");
const outbox = new Outbox();

let isAsked = false;

keepSending();
start().catch(() => {}); // without words, the forms post themselves

async function start() {
  const words = await (await fetch(`/words/${script.dataset.words}/${document.documentElement.lang}.json`)).json();
  await furnish(words);
  new Unsent(outbox, words);
}

async function furnish(words) {
  const offline = document.querySelector("[data-offline]");
  const form = document.querySelector("form[data-report]");
  const copied = document.querySelector("textarea[data-copy]");
  if (offline) {
    const { OfflinePage } = await import("./offline.js");
    new OfflinePage(offline, outbox, words);
  } else if (form) {
    const { ReportForm, rememberPage } = await import("./report.js");
    new ReportForm(form, outbox, words);
    rememberPage(form);
  } else if (copied) {
    const { offerCopy } = await import("./copy.js");
    offerCopy(copied, words);
  }
}

function keepSending() {
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

// The worker: pages without a network, and sending in the background. Should one ever do harm, a page whose script has the
// attribute `data-unemployed` takes it away from every phone on which it is opened.
async function employ() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  if ("unemployed" in script.dataset) {
    for (const registration of await workers.getRegistrations()) await registration.unregister();
    return;
  }
  await workers.register(WORKER, { type: "module", updateViaCache: "none" });
  const { active } = await workers.ready;
  active.postMessage({ language: document.documentElement.lang });
}

if (document.readyState === "complete") employ().catch(() => {});
else addEventListener("load", () => employ().catch(() => {}));
