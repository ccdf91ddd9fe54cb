// One thing that is unsent, and what can be done about it.

import { button, make } from "../lib/dom.js";
import { mint } from "../lib/ids.js";
import { fill } from "../lib/interpolate.js";
import { spaced } from "../lib/sticker-code.js";
import { dayAndTime } from "../lib/time.js";
import { sticker, thanksFor } from "../lib/urls.js";
import { CLASH } from "../outbox/delivery.js";
import { reportOf } from "../outbox/report-item.js";

export class UnsentRow {
  constructor({ outbox, words }, item) {
    Object.assign(this, { outbox, words });
    this.what = make("strong");
    this.state = make("p");
    this.acts = make("p", { className: "acts" });
    const when = make("p", { className: "quiet" }, dayAndTime(item.made_at, Date.now()));
    const note = item.body.note && make("p", { className: "said", dir: "auto" }, item.body.note);
    this.element = make("li", {}, make("p", {}, this.what), when, note, this.state, this.acts);
    if (item.photo) this.showPhoto(item.id);
  }

  async showPhoto(id) {
    const photo = await this.outbox.photo(id);
    if (!photo) return;
    const picture = make("img", { src: URL.createObjectURL(photo), alt: this.words.photo });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    this.element.prepend(picture);
  }

  show(item) {
    this.item = item;
    this.what.replaceChildren(make("bdi", {}, item.about.thing), " · ", this.label(item));
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
    if (state === "refused") return fill(answer ? words.photoRefused : words.refused, { why: why || unsaid });
    if (sending) return words.sending;
    return answer ? words.photoNext : words.troubles[trouble] ?? words.waiting;
  }

  offer(...more) {
    const { words } = this;
    const remove = button(words.remove, () => this.askFirst());
    this.acts.replaceChildren(...more, ...(this.item.state === "refused" ? this.waysOn() : []), remove);
  }

  waysOn() {
    const { words, item } = this;
    const copy = button(words.copy, () => this.copy(copy));
    if (item.field === "problem") return [button(words.another, () => this.chooseAnother(), "press main"), copy];
    const again = item.status === CLASH ? () => this.sendAnew(item.body) : () => this.outbox.retry(item.id);
    return [button(words.again, again), copy];
  }

  askFirst() {
    const { words } = this;
    const keep = button(words.keep, () => this.offer());
    const remove = button(words.removeForGood, () => this.outbox.remove(this.item.id));
    this.acts.replaceChildren(make("strong", {}, words.sure), make("br"), remove, keep);
    keep.focus();
  }

  async copy(pressed) {
    const { about, body, made_at } = this.item;
    const text = [this.what.textContent, about.code && spaced(about.code), body.note, new Date(made_at).toLocaleString()];
    const copied = await navigator.clipboard?.writeText(text.filter(Boolean).join("\n")).then(() => true, () => false);
    if (copied) pressed.textContent = this.words.copied;
    else pressed.replaceWith(make("textarea", { readOnly: true, value: text.filter(Boolean).join("\n") }));
  }

  // The sticker's page says what can be reported there.
  async chooseAnother() {
    const address = sticker(this.item.about.code);
    const page = await fetch(address).then((answer) => answer.text()).catch(() => "");
    const offered = new DOMParser().parseFromString(page, "text/html").querySelectorAll("form[data-report] [name=problem]");
    if (!offered.length) return location.assign(address);
    const choices = [...offered].map(({ value, textContent }) =>
      button(textContent.trim(), () => this.sendAnew({ ...this.item.body, problem: value, fine: false })),
    );
    this.offer(...choices);
    choices[0].focus();
  }

  sendAnew({ code, problem, fine, note }) {
    const { id, language, about: { thing } } = this.item;
    this.outbox.replace(id, reportOf({ id: mint(), code, problem, fine, note, stamp: {}, thing, language }));
  }

  // It has gone: said here as long as the page is open, with the way to what happens next.
  arrived(id) {
    const { words, item: { kind, about: { code } } } = this;
    if (document.querySelector(`[data-kept="${id}"]`)) return; // it is said there
    this.isDone = true;
    this.state.className = "quiet";
    this.state.textContent = words.sent;
    this.acts.replaceChildren(kind === "report" ? make("a", { href: thanksFor(code, id) }, words.next) : "");
  }
}

// A screen reader would read aloud again what is only put there again.
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
