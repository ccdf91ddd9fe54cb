// On the page that stands in for a sticker's: the kept cases of that thing, with staff's buttons.

import { outbox } from "../outbox/page-outbox.js";
import { refreshAfterSending } from "./keep-cases.js";
import { KeptList } from "./kept-list.js";
import { UnsentActs } from "./unsent-acts.js";

// The words and looks are those of the kept page of the cases.
export async function showKeptCases(code, place) {
  const language = document.documentElement.lang;
  const kept = (await caches.match(`/offline/cases?lang=${language}`)) ?? (await caches.match("/offline/cases?lang=sv"));
  if (!kept) return;
  const [main] = (await kept.text()).match(/<main>.*<\/main>/s); // without its style, which this page has and may not add
  const page = new DOMParser().parseFromString(main, "text/html").querySelector("[data-cases]");
  const words = JSON.parse(page.dataset.cases);
  page.querySelector("[data-back]").remove();
  page.querySelector("h1").remove();
  const list = new KeptList(page, outbox, words, (item) => item.code === code);
  if (!(await list.start(""))) return;
  place.before(page);
  new UnsentActs(outbox, words, page);
  refreshAfterSending(outbox);
}
