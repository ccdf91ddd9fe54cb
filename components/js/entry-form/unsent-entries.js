// The list of unsent entries, their states and what can be done about each. Other people's entries are only counted.

import { interpolate } from "../lib/interpolate.js";
import { WaitingList } from "../outbox/waiting-list.js";
import { UnsentEntryRow } from "./unsent-entry-row.js";

export class UnsentEntries extends WaitingList {
  // `saving` is the form's EntrySaving, which edits, repeats and removes entries.
  constructor(element, outbox, words, saving) {
    super(outbox, words);
    const [notice, others, list, all] = ["notice", "others", "list", "all"].map((name) => element.querySelector(`[data-${name}]`));
    Object.assign(this, { element, saving, notice, others, list, all });
    all.addEventListener("click", () => outbox.flush({ now: true }));
    this.listen();
  }

  get focusTarget() {
    return this.element;
  }

  start(person) {
    this.person = person;
    return this.refresh();
  }

  onOutboxEvent({ sent }) {
    if (sent) this.rows.get(sent.id)?.showArrived();
    this.refresh();
  }

  async show() {
    if (this.person) await super.show();
  }

  showAll(items) {
    const entries = items.filter(({ kind }) => kind === "entry");
    this.countOthers(entries.filter(({ person }) => person !== this.person));
    this.showOwn(entries.filter(({ person }) => person === this.person));
    this.update();
  }

  countOthers(others) {
    this.others.hidden = !others.length;
    this.others.textContent = others.length ? interpolate(this.words.othersWait, { count: others.length }) : "";
  }

  showOwn(items) {
    this.updateRows(this.list, items, (item) => new UnsentEntryRow(this, item));
    this.all.hidden = !items.some(({ state }) => state === "waiting");
  }

  showStorageError() {
    this.showNotice(this.words.noStorage);
  }

  showNotice(...parts) {
    this.notice.replaceChildren(...parts);
    this.update();
  }

  update() {
    this.notice.hidden = !this.notice.hasChildNodes();
    this.element.hidden = !this.rows.size && this.others.hidden && this.notice.hidden;
  }
}
