// Keep the page of a case current. The server answers with 304 as long as it says the same; the longer that lasts, the
// more seldom it is asked, and never while nobody sees the page.

import { addDrawings } from "../lib/dom.js";

const SHORTEST = 10_000;
const LONGEST = 300_000;
const GROWTH = 1.5;

class CaseWatch {
  constructor(element) {
    this.element = element;
    this.wait = SHORTEST;
    document.addEventListener("visibilitychange", () => this.onVisibility());
    addEventListener("online", () => this.onVisibility());
    this.schedule();
  }

  onVisibility() {
    clearTimeout(this.timer);
    this.wait = SHORTEST;
    if (!document.hidden) this.check();
  }

  // Not all phones ask at the same moment.
  schedule() {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.check(), this.wait * (0.8 + Math.random() * 0.4));
  }

  async check() {
    this.checking ??= this.fetchState().catch(() => false).finally(() => (this.checking = null));
    const isNew = await this.checking;
    this.wait = isNew ? SHORTEST : Math.min(LONGEST, this.wait * GROWTH);
    this.schedule();
  }

  async fetchState() {
    const headers = { "If-None-Match": this.element.dataset.case, "Accept-Language": document.documentElement.lang };
    const response = await fetch(location.href, { headers, cache: "no-store" });
    if (response.status !== 200) return false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("[data-case]");
    if (!next) return false;
    addDrawings(page);
    this.element.dataset.case = next.dataset.case;
    this.element.replaceChildren(...next.childNodes);
    return true;
  }
}

const element = document.querySelector("[data-case]");
if (element) new CaseWatch(element);
