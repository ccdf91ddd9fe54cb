// One unsent entry, and what its author can do about it.

import { createButton, createCopyButton, createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { dayAndTime } from "../lib/time.js";
import { CLASH } from "../outbox/delivery.js";
import { mayHaveArrived } from "../outbox/items.js";

export class UnsentEntryRow {
  constructor({ outbox, words, saving }, item) {
    Object.assign(this, { outbox, words, saving });
    this.state = createElement("p", { className: "entry-state" });
    this.actions = createElement("p", { className: "entry-acts" });
    const photos = item.photos ? ` · ${interpolate(words.photos, { count: item.photos })}` : "";
    const when = createElement("p", { className: "entry-hint" }, dayAndTime(item.made_at, Date.now()), photos);
    this.element = createElement("li", {}, createElement("p", { className: "entry-said written", dir: "auto" }, item.about.text), when, this.state, this.actions);
  }

  show(item) {
    this.item = item;
    this.element.dataset.state = item.state;
    this.state.classList.toggle("why", item.state === "refused" || item.trouble === "signed-out");
    this.setState(...this.stateOf(item));
    const shownState = [item.state, item.field, item.status, Boolean(item.answer)].join();
    if (this.shownState !== shownState) this.showActions();
    this.shownState = shownState;
  }

  // A screen reader reads an unchanged text aloud again when it is set again.
  setState(...parts) {
    const text = parts.map((part) => part.textContent ?? part).join("");
    if (this.state.textContent !== text) this.state.replaceChildren(...parts);
  }

  stateOf({ state, why, status, trouble, sending, answer }) {
    const { words } = this;
    if (state === "refused") return [interpolate(answer ? words.photoRefused : words.refused, { why: why || (status ? words.tooLarge : words.photoLost) })];
    if (sending) return [words.sending];
    const waits = [words.onThisPhone, " · ", answer ? words.photosNext : words.troubles[trouble] ?? words.waiting];
    return trouble === "signed-out" ? [...waits, " ", createElement("a", { href: "/in" }, words.howIn)] : waits;
  }

  showActions() {
    const { words, item } = this;
    const copy = createCopyButton(() => this.text(), words);
    const isRefused = item.state === "refused";
    const remove = isRefused && item.answer ? [] : [createButton(words.remove, () => this.confirmRemoval())];
    this.actions.replaceChildren(...(isRefused ? this.refusedActions() : []), copy, ...remove);
  }

  text() {
    const { text, hits, tried } = this.item.body;
    return [text, hits, tried].filter(Boolean).join("\n\n");
  }

  refusedActions() {
    const { words, item } = this;
    const again = createButton(words.again, () => this.sendAgain());
    if (item.answer) return [again, createButton(words.leaveOutPhoto, () => this.saving.remove(item))];
    return [createButton(words.edit, () => this.saving.edit(item), "press main"), again];
  }

  // Where the device's clock is fast, the server sets the time. Where the id is taken, it is sent as another entry.
  async sendAgain() {
    const { item } = this;
    if (item.status === CLASH) return this.saving.sendAsNew(item);
    const isAhead = item.field === "happened_at" && item.about.draft.when === "now";
    if (isAhead) await this.outbox.update(new Map([[item.id, { body: { ...item.body, happened_at: null } }]]));
    await this.outbox.retry(item.id);
  }

  async confirmRemoval() {
    const { words, item } = this;
    const now = (await this.outbox.items()).find(({ id }) => id === item.id) ?? item;
    const warning = mayHaveArrived(now) ? createElement("span", {}, words.mayHaveArrived) : "";
    const keep = createButton(words.keep, () => this.showActions());
    const remove = createButton(words.removeForGood, () => this.saving.remove(this.item));
    this.actions.replaceChildren(createElement("strong", {}, words.sure), " ", warning, remove, keep);
    keep.focus();
  }

  // The row stays as long as the page is open.
  showArrived() {
    this.isDone = true;
    this.element.dataset.state = "sent";
    this.state.classList.remove("why");
    this.setState(this.words.sent);
    this.actions.replaceChildren(createElement("a", { className: "press", href: `/entries/${this.item.id}` }, this.words.openEntry));
  }
}
