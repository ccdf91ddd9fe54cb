// One entry on its way, and what its author can do about it.

import { createButton, createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { dayAndTime } from "../lib/time.js";
import { CLASH } from "../outbox/delivery.js";
import { mayHaveArrived } from "../outbox/items.js";

export class UnsentEntryRow {
  constructor({ outbox, words, act }, item) {
    Object.assign(this, { outbox, words, act });
    this.state = createElement("p", { className: "entry-state" });
    this.acts = createElement("p", { className: "entry-acts" });
    const photos = item.photos ? ` · ${interpolate(words.photos, { count: item.photos })}` : "";
    const when = createElement("p", { className: "entry-hint" }, dayAndTime(item.made_at, Date.now()), photos);
    this.element = createElement("li", {}, createElement("p", { className: "entry-said", dir: "auto" }, item.about.text), when, this.state, this.acts);
  }

  show(item) {
    this.item = item;
    this.element.dataset.state = item.state;
    this.state.classList.toggle("why", item.state === "refused" || item.trouble === "signed-out");
    this.say(...this.stateOf(item));
    const offered = [item.state, item.field, item.status, Boolean(item.answer)].join();
    if (this.offered !== offered) this.offer();
    this.offered = offered;
  }

  // A screen reader would read aloud again what is only put there again.
  say(...parts) {
    const said = parts.map((part) => part.textContent ?? part).join("");
    if (this.state.textContent !== said) this.state.replaceChildren(...parts);
  }

  stateOf({ state, why, status, trouble, sending, answer }) {
    const { words } = this;
    if (state === "refused") return [interpolate(answer ? words.photoRefused : words.refused, { why: why || (status ? words.tooLarge : words.photoLost) })];
    if (sending) return [words.sending];
    const waits = [words.onThisPhone, " · ", answer ? words.photosNext : words.troubles[trouble] ?? words.waiting];
    return trouble === "signed-out" ? [...waits, " ", createElement("a", { href: "/in" }, words.howIn)] : waits;
  }

  offer() {
    const { words, item } = this;
    const copy = createButton(words.copy, () => this.copy(copy));
    const isRefused = item.state === "refused";
    const remove = isRefused && item.answer ? [] : [createButton(words.remove, () => this.askFirst())];
    this.acts.replaceChildren(...(isRefused ? this.waysOn() : []), copy, ...remove);
  }

  waysOn() {
    const { words, item } = this;
    const again = createButton(words.again, () => this.again());
    if (item.answer) return [again, createButton(words.leaveOutPhoto, () => this.act.remove(item))];
    return [createButton(words.edit, () => this.act.edit(item), "press main"), again];
  }

  // Where the phone's clock is ahead, "now" is when it arrives; where the id is taken, it is another entry.
  async again() {
    const { item } = this;
    if (item.status === CLASH) return this.act.anew(item);
    const isAhead = item.field === "happened_at" && item.about.draft.when === "now";
    if (isAhead) await this.outbox.change(new Map([[item.id, { body: { ...item.body, happened_at: null } }]]));
    await this.outbox.retry(item.id);
  }

  async askFirst() {
    const { words, item } = this;
    const now = (await this.outbox.items()).find(({ id }) => id === item.id) ?? item;
    const warning = mayHaveArrived(now) ? createElement("span", {}, words.mayHaveArrived) : "";
    const keep = createButton(words.keep, () => this.offer());
    const remove = createButton(words.removeForGood, () => this.act.remove(this.item));
    this.acts.replaceChildren(createElement("strong", {}, words.sure), " ", warning, remove, keep);
    keep.focus();
  }

  async copy(pressed) {
    const { text, hits, tried } = this.item.body;
    const value = [text, hits, tried].filter(Boolean).join("\n\n");
    const copied = await navigator.clipboard?.writeText(value).then(() => true, () => false);
    if (copied) return (pressed.textContent = this.words.copied);
    const field = createElement("textarea", { readOnly: true, value });
    field.setAttribute("aria-label", this.words.copy);
    pressed.replaceWith(field);
    field.select();
  }

  // It has gone: said here as long as the page is open.
  arrived() {
    this.isDone = true;
    this.element.dataset.state = "sent";
    this.state.classList.remove("why");
    this.say(this.words.sent);
    this.acts.replaceChildren();
  }
}
