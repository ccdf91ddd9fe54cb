// One unsent report and what can be done about it.

import { createButton, createCopyButton, createElement, createPhoto, setText } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { formatCode } from "../lib/sticker-code.js";
import { dayAndTime, exactTime } from "../lib/time.js";
import { stickerUrl, thanksUrl } from "../lib/urls.js";
import { CLASH } from "../outbox/delivery.js";
import { reportItem } from "../outbox/report-item.js";

export class UnsentRow {
  constructor({ outbox, words }, item) {
    Object.assign(this, { outbox, words });
    this.title = createElement("strong");
    this.state = createElement("p");
    this.actions = createElement("p", { className: "acts" });
    const when = createElement("p", { className: "quiet" }, dayAndTime(item.made_at, Date.now()));
    const note = item.body.note && createElement("p", { className: "said", dir: "auto" }, item.body.note);
    this.element = createElement("li", {}, createElement("p", {}, this.title), when, note, this.state, this.actions);
    if (item.photo) this.showPhoto(item.id);
  }

  async showPhoto(id) {
    const photo = await this.outbox.photoBlob(id);
    if (!photo) return;
    this.element.prepend(createPhoto(photo, { alt: this.words.photo }));
  }

  show(item) {
    this.item = item;
    this.title.replaceChildren(createElement("bdi", {}, item.about.thing), " · ", this.label(item));
    this.state.className = item.state === "refused" ? "why" : "quiet";
    setText(this.state, this.stateOf(item));
    const offered = [item.state, item.field, item.status].join();
    if (this.shownState !== offered) this.showActions();
    this.shownState = offered;
  }

  label({ about, body: { problem, fine } }) {
    return about.what ?? (fine ? this.words.fine : this.words.problems[problem]?.button ?? problem);
  }

  stateOf({ state, why, status, trouble, sending, answer }) {
    const { words } = this;
    const fallback = status ? words.tooLarge : words.photoLost;
    if (state === "refused") return interpolate(answer ? words.photoRefused : words.refused, { why: why || fallback });
    if (sending) return words.sending;
    return answer ? words.photoNext : words.troubles[trouble] ?? words.waiting;
  }

  showActions(...more) {
    const { words } = this;
    const remove = createButton(words.remove, () => this.confirmRemoval());
    this.actions.replaceChildren(...more, ...(this.item.state === "refused" ? this.refusedActions() : []), remove);
  }

  refusedActions() {
    const { words, item } = this;
    const copy = createCopyButton(() => this.text(), words);
    if (item.field === "problem") return [createButton(words.another, () => this.chooseProblem(), "press main"), copy];
    const again = item.status === CLASH ? () => this.sendAsNew(item.body) : () => this.outbox.retry(item.id);
    return [createButton(words.again, again), copy];
  }

  confirmRemoval() {
    const { words } = this;
    const keep = createButton(words.keep, () => this.showActions());
    const remove = createButton(words.removeForGood, () => this.outbox.remove(this.item.id));
    this.actions.replaceChildren(createElement("strong", {}, words.sure), createElement("br"), remove, keep);
    keep.focus();
  }

  text() {
    const { about, body, made_at } = this.item;
    const code = about.code && formatCode(about.code);
    return [this.title.textContent, code, body.note, exactTime(made_at)].filter(Boolean).join("\n");
  }

  // The sticker's page says which problems can be reported there.
  async chooseProblem() {
    const url = stickerUrl(this.item.about.code);
    const page = await fetch(url).then((answer) => answer.text()).catch(() => "");
    const offered = new DOMParser().parseFromString(page, "text/html").querySelectorAll("form[data-report] [name=problem]");
    if (!offered.length) return location.assign(url);
    const choices = [...offered].map(({ value, textContent }) =>
      createButton(textContent.trim(), () => this.sendAsNew({ ...this.item.body, problem: value, fine: false })),
    );
    this.showActions(...choices);
    choices[0].focus();
  }

  sendAsNew({ code, problem, fine, note }) {
    const { id, language, about: { thing } } = this.item;
    this.outbox.replace(id, reportItem({ id: createId(), code, problem, fine, note, stamp: {}, assetName: thing, language }));
  }

  // The row stays as long as the page is open, with a link to what happens next.
  showArrived(id, { held }) {
    const { words, item: { kind, about: { code } } } = this;
    if (document.querySelector(`[data-kept="${id}"]`)) return; // the report form says so already
    this.isDone = true;
    this.state.className = "quiet";
    this.state.textContent = kind === "undo" ? words.undone : held ? words.held : words.sent;
    this.actions.replaceChildren(kind === "report" ? createElement("a", { href: thanksUrl(code, id) }, words.next) : "");
  }
}
