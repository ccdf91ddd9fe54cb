// What is unsent, at the foot of every plain page: what it is, since when, why it waits, and what one can do about it.

import { button, icon, make } from "./elements.js";
import { forgetLost, noteUnsent } from "./memory.js";
import { addStyle } from "./unsent-style.js";
import { UnsentRow } from "./unsent-row.js";
import { fill } from "./words.js";

const LOOK_AGAIN = 5_000;

export class Unsent {
  constructor(outbox, words) {
    Object.assign(this, { outbox, words, rows: new Map() });
    outbox.subscribe((news) => this.hear(news));
    if (!outbox.channel) setInterval(() => this.look(), LOOK_AGAIN);
    this.look();
  }

  hear({ sent, stopped }) {
    if (sent) this.rows.get(sent.id)?.arrived(sent.id);
    if (stopped === "storage") this.failed();
    else this.look();
  }

  // Who has nothing waiting here need not hear of it.
  failed() {
    if (this.rows.size) this.tell(this.words.noStorage);
  }

  // One look after the other, and one for all that happens meanwhile.
  look() {
    this.isDue = true;
    this.looking ??= this.lookWhileDue().finally(() => (this.looking = null));
    return this.looking;
  }

  async lookWhileDue() {
    while (this.isDue) {
      this.isDue = false;
      await this.show().catch(() => this.failed());
    }
  }

  async show() {
    const [items, born] = await Promise.all([this.outbox.items(), this.outbox.born()]);
    this.tellOfLoss(noteUnsent(born, items.length));
    const reports = items.filter(({ kind }) => kind !== "entry");
    const entries = document.querySelector("[data-log]") ? 0 : items.length - reports.length;
    if (reports.length || entries || this.place) this.list(reports, entries);
  }

  // What staff have written may be for their eyes alone: it is counted here, and no more.
  list(items, entries) {
    this.place ??= this.furnish();
    this.count(items, entries);
    const known = new Set(items.map(({ id }) => id));
    for (const [id, row] of this.rows) if (!known.has(id) && !row.isDone) this.drop(id);
    for (const item of items) this.rowOf(item).show(item);
    this.all.hidden = !entries && !items.some(({ state }) => state === "waiting");
    this.log.hidden = !entries;
    this.place.hidden = !this.rows.size && !entries && !this.notice.hasChildNodes();
  }

  rowOf(item) {
    const row = this.rows.get(item.id) ?? new UnsentRow(this, item);
    if (!this.rows.has(item.id)) this.entries.append(row.element);
    this.rows.set(item.id, row);
    return row;
  }

  drop(id) {
    const row = this.rows.get(id);
    const hadFocus = row.element.contains(document.activeElement);
    row.element.remove();
    this.rows.delete(id);
    if (hadFocus) this.summary.focus();
  }

  count(items, entries) {
    const count = items.length + entries;
    const refused = items.filter(({ state }) => state === "refused").length;
    this.total.textContent = count ? fill(this.words.count, { count }) : this.words.nothingLeft;
    this.logCount.textContent = fill(this.words.logWaits, { count: entries });
    this.refused.textContent = refused ? fill(this.words.refusedCount, { count: refused }) : "";
  }

  furnish() {
    addStyle();
    const { words } = this;
    this.total = make("span");
    this.refused = make("span", { className: "refused" });
    this.summary = make("summary", {}, icon(words.icons.clock), this.total, this.refused);
    this.notice = make("p");
    this.notice.setAttribute("role", "status");
    this.entries = make("ul");
    this.logCount = make("span");
    this.log = make("p", {}, this.logCount, " ", make("a", { href: "/log" }, words.openLog));
    this.all = button(words.sendNow, () => this.outbox.flush({ now: true }), "press main");
    const inside = make("div", { className: "unsent-inside" }, this.notice, this.entries, this.log, this.all);
    const place = make("section", { className: "unsent" }, (this.details = make("details", {}, this.summary, inside)));
    place.setAttribute("aria-label", words.unsent);
    document.body.append(place);
    return place;
  }

  // The browser may clear what it has kept, as Safari does after a week; that must not pass in silence.
  tellOfLoss(count) {
    if (count && !this.isTold) this.tell(fill(this.words.lost, { count }), button(this.words.seen, () => this.takeNote()));
    this.isTold = true;
  }

  takeNote() {
    forgetLost();
    this.notice.replaceChildren();
    this.look();
    this.summary.focus();
  }

  tell(...what) {
    this.place ??= this.furnish();
    this.place.hidden = false;
    this.details.open = true;
    this.notice.replaceChildren(what[0], " ", ...what.slice(1));
  }
}
