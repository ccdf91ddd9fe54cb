// What is on its way, row by row, as the outbox tells of it.

import { createButton } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { clearLostCount, recordUnsent } from "./device-memory.js";

const LOOK_AGAIN = 5_000;

// A list of one place says what it shows (`showAll`), how it tells (`tell`, `failed`) and where the focus goes (`rest`).
export class WaitingList {
  constructor(outbox, words) {
    Object.assign(this, { outbox, words, rows: new Map() });
  }

  listen() {
    this.outbox.subscribe((news) => this.hear(news));
    if (!this.outbox.channel) setInterval(() => this.look(), LOOK_AGAIN);
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
    this.tellOfLoss(recordUnsent(born, items.length));
    this.showAll(items);
  }

  // What has arrived stays, as long as the page is open.
  updateRows(list, items, newRow) {
    const known = new Set(items.map(({ id }) => id));
    for (const [id, row] of this.rows) if (!known.has(id) && !row.isDone) this.drop(id);
    for (const item of items) this.rowOf(list, item, newRow).show(item);
  }

  rowOf(list, item, newRow) {
    const row = this.rows.get(item.id) ?? newRow(item);
    if (!this.rows.has(item.id)) list.append(row.element);
    this.rows.set(item.id, row);
    return row;
  }

  drop(id) {
    const { element } = this.rows.get(id);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    this.rows.delete(id);
    if (hadFocus) this.rest.focus();
  }

  // The browser may clear what it has kept, as Safari does after a week; that must not pass in silence.
  tellOfLoss(count) {
    if (count && !this.isTold) this.tell(interpolate(this.words.lost, { count }), " ", createButton(this.words.seen, () => this.takeNote()));
    this.isTold = true;
  }

  takeNote() {
    clearLostCount();
    this.notice.replaceChildren();
    this.look();
    this.rest.focus();
  }
}
