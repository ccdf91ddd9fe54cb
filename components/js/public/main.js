// Start what every plain page adds with scripts: the outbox, the list of unsent items and the worker. The page works
// without it.

import { outbox, startSending } from "../outbox/page-outbox.js";
import { registerWorker, unregister } from "../worker/register.js";
import { UnsentBar } from "./unsent-bar.js";

const script = document.querySelector("script[data-words]");

startSending();

// Until then, and without the words, the browser posts the forms itself.
export const ready = start().catch(() => {});

async function start() {
  const words = await (await fetch(`/words/${script.dataset.words}/${document.documentElement.lang}.json`)).json();
  await startPage(words);
  new UnsentBar(outbox, words);
}

async function startPage(words) {
  const offlinePage = document.querySelector("[data-offline]");
  const form = document.querySelector("form[data-report]");
  const copyField = document.querySelector("textarea[data-copy]");
  const logPage = document.querySelector("[data-log]");
  const casesPage = document.querySelector("[data-cases]");
  if (logPage || casesPage) {
    const { OfflineStaffPage } = await import("./offline-staff-page.js");
    if (logPage) new OfflineStaffPage(logPage, outbox, JSON.parse(logPage.dataset.log), "/log");
    else new OfflineStaffPage(casesPage, outbox, JSON.parse(casesPage.dataset.cases), caseAddress());
  } else if (offlinePage) {
    const { OfflinePage } = await import("./offline-page.js");
    new OfflinePage(offlinePage, outbox, words);
  } else if (form) {
    const { rememberPage, ReportForm } = await import("./report-form.js");
    new ReportForm(form, outbox, words);
    rememberPage(form);
  } else if (copyField) {
    const { addCopyButton } = await import("../lib/copy-button.js");
    addCopyButton(copyField, words);
  }
}

function caseAddress() {
  return location.pathname.startsWith("/cases") ? location.pathname + location.search : "/cases";
}

if ("unemployed" in script.dataset) unregister().catch(() => {});
else registerWorker();
