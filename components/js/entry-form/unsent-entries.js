// What becomes of entries: "on this phone", "sent", "refused", and what can be done about each. Somebody else's are counted, no more.

import { interpolate } from "../lib/interpolate.js";
import { WaitingList } from "../outbox/waiting-list.js";
import { UnsentEntryRow } from "./unsent-entry-row.js";

export class UnsentEntries extends WaitingList {
  // `act.edit(item)` puts a refused entry back into the form.
  constructor(place, outbox, words, act) {
    super(outbox, words);
    const [notice, others, list, all] = ["notice", "others", "list", "all"].map((name) => place.querySelector(`[data-${name}]`));
    Object.assign(this, { place, act, notice, others, list, all });
    all.addEventListener("click", () => outbox.flush({ now: true }));
    this.listen();
  }

  get rest() {
    return this.place;
  }

  begin(person) {
    this.person = person;
    return this.look();
  }

  hear({ sent }) {
    if (sent) this.rows.get(sent.id)?.arrived();
    this.look();
  }

  async show() {
    if (this.person) await super.show();
  }

  showAll(items) {
    const entries = items.filter(({ kind }) => kind === "entry");
    this.count(entries.filter(({ person }) => person !== this.person));
    this.listOwn(entries.filter(({ person }) => person === this.person));
    this.update();
  }

  count(others) {
    this.others.hidden = !others.length;
    this.others.textContent = others.length ? interpolate(this.words.othersWait, { count: others.length }) : "";
  }

  listOwn(items) {
    this.updateRows(this.list, items, (item) => new UnsentEntryRow(this, item));
    this.all.hidden = !items.some(({ state }) => state === "waiting");
  }

  failed() {
    this.tell(this.words.noStorage);
  }

  tell(...what) {
    this.notice.replaceChildren(...what);
    this.update();
  }

  update() {
    this.notice.hidden = !this.notice.hasChildNodes();
    this.place.hidden = !this.rows.size && this.others.hidden && this.notice.hidden;
  }
}
