// What becomes of entries: "on this phone", "sent", "refused", and what can be done about each. Somebody else's are counted, no more.

import { button } from "./elements.js";
import { EntryRow } from "./entry-row.js";
import { forgetLost, noteUnsent } from "./memory.js";
import { fill } from "./words.js";

const LOOK_AGAIN = 5_000;

export class EntryStates {
  // `act.edit(item)` puts a refused entry back into the form.
  constructor(place, outbox, words, act) {
    Object.assign(this, { place, outbox, words, act, rows: new Map() });
    const [notice, others, list, all] = ["notice", "others", "list", "all"].map((name) => place.querySelector(`[data-${name}]`));
    Object.assign(this, { notice, others, list, all });
    all.addEventListener("click", () => outbox.flush({ now: true }));
    outbox.subscribe((news) => this.hear(news));
    if (!outbox.channel) setInterval(() => this.look(), LOOK_AGAIN);
  }

  begin(person) {
    this.person = person;
    return this.look();
  }

  hear({ sent }) {
    if (sent) this.rows.get(sent.id)?.arrived(sent.answer);
    this.look();
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
      await this.show().catch(() => this.tell(this.words.noStorage));
    }
  }

  async show() {
    if (!this.person) return;
    const [items, born] = await Promise.all([this.outbox.items(), this.outbox.born()]);
    this.tellOfLoss(noteUnsent(born, items.length));
    const entries = items.filter(({ kind }) => kind === "entry");
    this.count(entries.filter(({ person }) => person !== this.person));
    this.listOwn(entries.filter(({ person }) => person === this.person));
  }

  count(others) {
    this.others.hidden = !others.length;
    this.others.textContent = others.length ? fill(this.words.othersWait, { count: others.length }) : "";
    this.update();
  }

  listOwn(items) {
    const known = new Set(items.map(({ id }) => id));
    for (const [id, row] of this.rows) if (!known.has(id) && !row.isDone) this.drop(id);
    for (const item of items) this.rowOf(item).show(item);
    this.all.hidden = !items.some(({ state }) => state === "waiting");
    this.update();
  }

  rowOf(item) {
    const row = this.rows.get(item.id) ?? new EntryRow(this, item);
    if (!this.rows.has(item.id)) this.list.append(row.element);
    this.rows.set(item.id, row);
    return row;
  }

  drop(id) {
    const { element } = this.rows.get(id);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    this.rows.delete(id);
    if (hadFocus) this.place.focus();
  }

  // The browser may clear what it has kept, as Safari does after a week; that must not pass in silence.
  tellOfLoss(count) {
    if (count && !this.isTold) this.tell(fill(this.words.lost, { count }), button(this.words.seen, () => this.takeNote()));
    this.isTold = true;
  }

  takeNote() {
    forgetLost();
    this.tell();
    this.place.focus();
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
