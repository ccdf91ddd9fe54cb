// The bar of unsent items at the bottom of every plain page: what they are, why they wait and what can be done about
// them.

import { createButton, createElement, createIcon } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { isAct } from "../outbox/act-item.js";
import { WaitingList } from "../outbox/waiting-list.js";
import { UnsentRow } from "./unsent-row.js";
import { addStyle } from "./unsent-style.js";

export class UnsentBar extends WaitingList {
  constructor(outbox, words) {
    super(outbox, words);
    this.listen();
    this.refresh();
  }

  get focusTarget() {
    return this.summary;
  }

  onOutboxEvent({ sent, stopped }) {
    if (sent) this.rows.get(sent.id)?.showArrived(sent.id, sent.answer);
    if (stopped === "storage") this.showStorageError();
    else this.refresh();
  }

  // Whoever has nothing waiting need not know.
  showStorageError() {
    if (this.rows.size) this.showNotice(this.words.noStorage);
  }

  // Acts on cases stand where the cases are.
  showAll(all) {
    const items = all.filter((item) => !isAct(item));
    const reports = items.filter(({ kind }) => kind !== "entry");
    const entries = document.querySelector("[data-log]") ? 0 : items.length - reports.length;
    if (reports.length || entries || this.section) this.showRows(reports, entries);
  }

  // Staff's entries may be confidential, so they are only counted here.
  showRows(items, entries) {
    this.section ??= this.createSection();
    this.showCounts(items, entries);
    this.updateRows(this.entries, items, (item) => new UnsentRow(this, item));
    this.all.hidden = !entries && !items.some(({ state }) => state === "waiting");
    this.log.hidden = !entries;
    this.section.hidden = !this.rows.size && !entries && !this.notice.hasChildNodes();
  }

  showCounts(items, entries) {
    const count = items.length + entries;
    const refused = items.filter(({ state }) => state === "refused").length;
    this.total.textContent = count ? interpolate(this.words.count, { count }) : this.words.nothingLeft;
    this.logCount.textContent = interpolate(this.words.logWaits, { count: entries });
    this.refused.textContent = refused ? interpolate(this.words.refusedCount, { count: refused }) : "";
  }

  createSection() {
    addStyle();
    const { words } = this;
    this.total = createElement("span");
    this.refused = createElement("span", { className: "refused" });
    this.summary = createElement("summary", {}, createIcon(words.icons.clock), this.total, this.refused);
    this.notice = createElement("p");
    this.notice.setAttribute("role", "status");
    this.entries = createElement("ul");
    this.logCount = createElement("span");
    this.log = createElement("p", {}, this.logCount, " ", createElement("a", { href: "/log" }, words.openLog));
    this.all = createButton(words.sendNow, () => this.outbox.flush({ now: true }), "press main");
    const content = createElement("div", { className: "unsent-inside" }, this.notice, this.entries, this.log, this.all);
    const section = createElement("section", { className: "unsent" }, (this.details = createElement("details", {}, this.summary, content)));
    section.setAttribute("aria-label", words.unsent);
    document.body.append(section);
    return section;
  }

  showNotice(...parts) {
    this.section ??= this.createSection();
    this.section.hidden = false;
    this.details.open = true;
    this.notice.replaceChildren(...parts);
  }
}
