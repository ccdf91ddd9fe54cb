// One thing that is unsent, and what can be done about it.

import { createButton, createElement } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { formatCode } from "../lib/sticker-code.js";
import { dayAndTime } from "../lib/time.js";
import { stickerUrl, thanksUrl } from "../lib/urls.js";
import { CLASH } from "../outbox/delivery.js";
import { reportItem } from "../outbox/report-item.js";

export class UnsentRow {
  constructor({ outbox, words }, item) {
    Object.assign(this, { outbox, words });
    this.what = createElement("strong");
    this.state = createElement("p");
    this.acts = createElement("p", { className: "acts" });
    const when = createElement("p", { className: "quiet" }, dayAndTime(item.made_at, Date.now()));
    const note = item.body.note && createElement("p", { className: "said", dir: "auto" }, item.body.note);
    this.element = createElement("li", {}, createElement("p", {}, this.what), when, note, this.state, this.acts);
    if (item.photo) this.showPhoto(item.id);
  }

  async showPhoto(id) {
    const photo = await this.outbox.photo(id);
    if (!photo) return;
    const picture = createElement("img", { src: URL.createObjectURL(photo), alt: this.words.photo });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    this.element.prepend(picture);
  }

  show(item) {
    this.item = item;
    this.what.replaceChildren(createElement("bdi", {}, item.about.thing), " · ", this.label(item));
    this.state.className = item.state === "refused" ? "why" : "quiet";
    set(this.state, this.stateOf(item));
    const offered = [item.state, item.field, item.status].join();
    if (this.offered !== offered) this.offer();
    this.offered = offered;
  }

  label({ about, body: { problem, fine } }) {
    return about.what ?? (fine ? this.words.fine : this.words.problems[problem]?.button ?? problem);
  }

  stateOf({ state, why, status, trouble, sending, answer }) {
    const { words } = this;
    const unsaid = status ? words.tooLarge : words.photoLost;
    if (state === "refused") return interpolate(answer ? words.photoRefused : words.refused, { why: why || unsaid });
    if (sending) return words.sending;
    return answer ? words.photoNext : words.troubles[trouble] ?? words.waiting;
  }

  offer(...more) {
    const { words } = this;
    const remove = createButton(words.remove, () => this.askFirst());
    this.acts.replaceChildren(...more, ...(this.item.state === "refused" ? this.waysOn() : []), remove);
  }

  waysOn() {
    const { words, item } = this;
    const copy = createButton(words.copy, () => this.copy(copy));
    if (item.field === "problem") return [createButton(words.another, () => this.chooseAnother(), "press main"), copy];
    const again = item.status === CLASH ? () => this.sendAnew(item.body) : () => this.outbox.retry(item.id);
    return [createButton(words.again, again), copy];
  }

  askFirst() {
    const { words } = this;
    const keep = createButton(words.keep, () => this.offer());
    const remove = createButton(words.removeForGood, () => this.outbox.remove(this.item.id));
    this.acts.replaceChildren(createElement("strong", {}, words.sure), createElement("br"), remove, keep);
    keep.focus();
  }

  async copy(pressed) {
    const { about, body, made_at } = this.item;
    const text = [this.what.textContent, about.code && formatCode(about.code), body.note, new Date(made_at).toLocaleString()];
    const copied = await navigator.clipboard?.writeText(text.filter(Boolean).join("\n")).then(() => true, () => false);
    if (copied) pressed.textContent = this.words.copied;
    else pressed.replaceWith(createElement("textarea", { readOnly: true, value: text.filter(Boolean).join("\n") }));
  }

  // The sticker's page says what can be reported there.
  async chooseAnother() {
    const address = stickerUrl(this.item.about.code);
    const page = await fetch(address).then((answer) => answer.text()).catch(() => "");
    const offered = new DOMParser().parseFromString(page, "text/html").querySelectorAll("form[data-report] [name=problem]");
    if (!offered.length) return location.assign(address);
    const choices = [...offered].map(({ value, textContent }) =>
      createButton(textContent.trim(), () => this.sendAnew({ ...this.item.body, problem: value, fine: false })),
    );
    this.offer(...choices);
    choices[0].focus();
  }

  sendAnew({ code, problem, fine, note }) {
    const { id, language, about: { thing } } = this.item;
    this.outbox.replace(id, reportItem({ id: createId(), code, problem, fine, note, stamp: {}, thing, language }));
  }

  // It has gone: said here as long as the page is open, with the way to what happens next.
  arrived(id) {
    const { words, item: { kind, about: { code } } } = this;
    if (document.querySelector(`[data-kept="${id}"]`)) return; // it is said there
    this.isDone = true;
    this.state.className = "quiet";
    this.state.textContent = words.sent;
    this.acts.replaceChildren(kind === "report" ? createElement("a", { href: thanksUrl(code, id) }, words.next) : "");
  }
}

// A screen reader would read aloud again what is only put there again.
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
