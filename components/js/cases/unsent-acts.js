// What somebody did with cases and what has not arrived yet, or was refused: what they typed stays until they have read
// why. Acts of others who use this phone are only counted.

import { createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { isAct } from "../outbox/act-item.js";
import { keptCases } from "../outbox/kept-cases.js";
import { WaitingList } from "../outbox/waiting-list.js";
import { UnsentActRow } from "./unsent-act-row.js";

export class UnsentActs extends WaitingList {
  // The list stands at the end of `place`, once there is something in it. `words.person` is who is signed in; without it,
  // that is the one whose cases are kept.
  constructor(outbox, words, place) {
    super(outbox, words);
    this.place = place;
    this.listen();
    this.refresh();
  }

  get focusTarget() {
    return this.title;
  }

  onOutboxEvent() {
    this.refresh();
  }

  async show() {
    this.person = this.words.person ?? (await keptCases(this.outbox.database))?.person.id;
    await super.show();
  }

  showAll(items) {
    const acts = items.filter(isAct);
    if (!acts.length && !this.section) return;
    this.section ??= this.createSection();
    const own = acts.filter(({ person }) => person === this.person);
    this.updateRows(this.list, own, (item) => new UnsentActRow(this, item));
    const others = acts.length - own.length;
    this.others.hidden = !others;
    this.others.textContent = others ? interpolate(this.words.others, { count: others }) : "";
    this.section.hidden = !acts.length && !this.notice.hasChildNodes();
  }

  showStorageError() {}

  showNotice(...parts) {
    this.section ??= this.createSection();
    this.section.hidden = false;
    this.notice.replaceChildren(...parts);
  }

  createSection() {
    this.title = createElement("h2", { tabIndex: -1 }, this.words.unsent);
    [this.notice, this.others] = [createElement("p"), createElement("p", { className: "quiet" })];
    this.notice.setAttribute("role", "status");
    this.list = createElement("ul");
    this.list.setAttribute("aria-live", "polite");
    const section = createElement("section", { className: "unsent-acts" }, this.title, this.notice, this.list, this.others);
    section.setAttribute("aria-label", this.words.unsent);
    this.place.append(section);
    return section;
  }
}
