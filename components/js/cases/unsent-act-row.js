// One act that waits on this phone, or that Haren has refused, and what can be done about it.

import { createButton, createCopyButton, createElement, setText } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { dayAndTime } from "../lib/time.js";
import { CLASH } from "../outbox/delivery.js";

export class UnsentActRow {
  constructor({ outbox, words }, item) {
    Object.assign(this, { outbox, words });
    const { about } = item;
    this.state = createElement("p", { className: "quiet" });
    this.actions = createElement("p", { className: "acts" });
    const what = about.what ?? words.verbs[about.verb] ?? "";
    const title = createElement("p", {}, createElement("strong", {}, [about.thing || about.number, what].filter(Boolean).join(" · ")));
    const text = about.text && createElement("p", { className: "said", dir: "auto" }, about.text);
    const when = createElement("p", { className: "quiet" }, dayAndTime(item.made_at, Date.now()));
    this.element = createElement("li", {}, title, text, when, this.state, this.actions);
  }

  show(item) {
    this.item = item;
    this.element.dataset.state = item.state;
    this.state.className = item.state === "refused" ? "why" : "quiet";
    setText(this.state, this.stateOf(item));
    const offered = [item.state, item.status].join();
    if (this.offered !== offered) this.showActions();
    this.offered = offered;
  }

  stateOf({ state, why, trouble, sending, answer }) {
    const { words } = this;
    if (state === "refused") return interpolate(answer ? words.photoRefused : words.refused, { why: why || words.unknownWhy });
    if (sending) return words.sending;
    return answer ? words.photoNext : words.troubles[trouble] ?? words.waiting;
  }

  // What came too late is kept with the case, and there is nothing to send again.
  showActions() {
    const { words, item } = this;
    const copy = item.about.text ? [createCopyButton(() => item.about.text, words)] : [];
    const link = item.about.number ? [createElement("a", { className: "press", href: `/cases/${item.about.number}` }, words.open)] : [];
    if (item.state !== "refused") return this.actions.replaceChildren(...copy, createButton(words.remove, () => this.confirmRemoval()));
    const again = item.status === CLASH ? [] : [createButton(words.again, () => this.outbox.retry(item.id))];
    this.actions.replaceChildren(createButton(words.seen, () => this.outbox.remove(item.id), "press main"), ...again, ...copy, ...link);
  }

  confirmRemoval() {
    const { words } = this;
    const keep = createButton(words.keep, () => this.showActions());
    const remove = createButton(words.removeForGood, () => this.outbox.remove(this.item.id));
    this.actions.replaceChildren(createElement("strong", {}, words.sure), " ", remove, keep);
    keep.focus();
  }
}
