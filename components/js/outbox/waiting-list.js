// A list of unsent items that follows the outbox.

import { createButton } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { clearLostCount, recordUnsent } from "./device-memory.js";

const REFRESH_INTERVAL = 5_000;

// Subclasses implement `showAll`, `showNotice`, `showStorageError` and `onOutboxEvent`, and set `notice` and
// `focusTarget`.
export class WaitingList {
  constructor(outbox, words) {
    Object.assign(this, { outbox, words, rows: new Map() });
  }

  listen() {
    this.outbox.subscribe((event) => this.onOutboxEvent(event));
    if (!this.outbox.channel) setInterval(() => this.refresh(), REFRESH_INTERVAL);
  }

  // One refresh runs at a time, followed by one for all changes meanwhile.
  refresh() {
    this.needsRefresh = true;
    this.refreshing ??= this.refreshWhileNeeded().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  async refreshWhileNeeded() {
    while (this.needsRefresh) {
      this.needsRefresh = false;
      await this.show().catch(() => this.showStorageError());
    }
  }

  async show() {
    const [items, databaseId] = await Promise.all([this.outbox.items(), this.outbox.databaseId()]);
    this.showLoss(recordUnsent(databaseId, items.length));
    this.showAll(items);
  }

  // The newest item stands first. A row whose item has arrived stays as long as the page is open.
  updateRows(list, items, newRow) {
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, row] of this.rows) if (!ids.has(id) && !row.isDone) this.removeRow(id);
    for (const item of items) this.rowFor(list, item, newRow).show(item);
  }

  rowFor(list, item, newRow) {
    const row = this.rows.get(item.id) ?? newRow(item);
    if (!this.rows.has(item.id)) list.prepend(row.element);
    this.rows.set(item.id, row);
    return row;
  }

  removeRow(id) {
    const { element } = this.rows.get(id);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    this.rows.delete(id);
    if (hadFocus) this.focusTarget.focus();
  }

  // The browser may clear its storage, as Safari does after a week. The person has to know what was lost.
  showLoss(count) {
    if (count && !this.isLossShown) this.showNotice(interpolate(this.words.lost, { count }), " ", createButton(this.words.seen, () => this.acknowledgeLoss()));
    this.isLossShown = true;
  }

  acknowledgeLoss() {
    clearLostCount();
    this.notice.replaceChildren();
    this.refresh();
    this.focusTarget.focus();
  }
}
