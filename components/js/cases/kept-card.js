// One kept case: what and where, residents' words, and the buttons for what can be done without a network.

import { createButton, createElement, setText } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { ago, formatDate } from "../lib/time.js";
import { actItem } from "../outbox/act-item.js";
import { FORMS } from "./kept-forms.js";

// Acts that take one press: the end of their address, and their body.
const PRESSES = { acknowledge: ["acknowledge", {}], take: ["assign", { person_id: "me" }], resume: ["resume", {}] };
const UNSEEN = ["reported", "confirmed"];

export class KeptCard {
  constructor(list, item) {
    Object.assign(this, { list, item, words: list.words, buttons: new Map() });
    this.state = createElement("p", { className: "quiet" });
    this.waits = createElement("p", { className: "waits" });
    this.acts = createElement("p", { className: "acts" });
    this.acts.dataset.presses = item.id;
    this.formPlace = createElement("div");
    const body = createElement("div", {}, ...this.notes(), this.photos(), this.acts, this.formPlace);
    this.element = createElement("details", {}, this.summary(), body);
    this.element.dataset.case = item.id;
    for (const verb of ["acknowledge", "take", "promise", "pause", "resume", "close", "notes"]) this.addButton(verb);
  }

  summary() {
    const { item } = this;
    const name = createElement("p", {}, createElement("b", {}, createElement("bdi", {}, item.asset)), " ", item.words);
    const where = createElement("p", { className: "quiet" }, [item.site, item.number].filter(Boolean).join(" · "));
    return createElement("summary", {}, name, where, this.state, this.waits);
  }

  notes() {
    return this.item.notes.map((note) => createElement("p", { className: "said", dir: "auto" }, note));
  }

  // Those that this browser has: without a network the others can't be shown.
  photos() {
    const images = this.item.photos.map((src, index) => {
      const image = createElement("img", { src, alt: interpolate(this.words.photo, { number: index + 1 }) });
      image.addEventListener("error", () => image.remove());
      return image;
    });
    return images.length ? createElement("p", {}, ...images) : "";
  }

  addButton(verb) {
    const button = createButton(this.words[verb], () => this.press(verb));
    button.dataset.act = verb;
    button.setAttribute("aria-label", `${this.words[verb]}: ${this.item.asset}, ${this.item.words}`);
    this.buttons.set(verb, button);
    this.acts.append(button, " ");
  }

  show(shown) {
    this.shown = shown;
    setText(this.state, this.stateOf(shown));
    setText(this.waits, shown.waits ? this.words.waits : "");
    for (const [verb, button] of this.buttons) {
      if (this.isOff(verb)) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    this.buttons.get("pause").hidden = shown.state === "paused";
    this.buttons.get("resume").hidden = shown.state !== "paused";
  }

  stateOf({ state, assignee, promised_for: day, closed, reports, since, tone }) {
    const { words } = this;
    if (closed) return interpolate(words.closedAs, { outcome: closed === "fixed" && tone === "full" ? words.emptied : Object.fromEntries(words.outcomes)[closed] });
    const taken = state === "acknowledged" && assignee ? interpolate(words.takenBy, { name: assignee.name }) : words.states[state];
    const promised = day && interpolate(words.promisedFor, { day: formatDate(day) });
    const count = reports === 1 ? words.report : interpolate(words.reports, { count: reports });
    return [taken, promised, count, ago(since, Date.now(), words.justNow)].filter(Boolean).join(" · ");
  }

  // What is closed takes notes only, and nobody takes twice what they have.
  isOff(verb) {
    const { closed, state, assignee } = this.shown;
    if (verb === "notes") return false;
    if (closed) return true;
    if (verb === "acknowledge") return !UNSEEN.includes(state);
    return verb === "take" && assignee?.id === this.list.person?.id;
  }

  press(verb) {
    if (this.isOff(verb)) return;
    if (verb in PRESSES) this.keep(...PRESSES[verb], this.words[verb]).catch(() => this.list.tell(this.words.noStorage));
    else this.openForm(verb);
  }

  openForm(verb) {
    const form = new FORMS[verb](this);
    this.formPlace.replaceChildren(form.element);
    form.focus();
  }

  closeForm(verb) {
    this.formPlace.replaceChildren();
    this.buttons.get(verb).focus();
  }

  // Put an act into the outbox. It is safe once this resolves.
  async keep(verb, body, what, photo = null) {
    const { item, list } = this;
    const about = { case: item.id, number: item.number, thing: `${item.asset}, ${item.words}`, verb, what, text: body.words ?? body.text ?? "" };
    const act = { caseId: item.id, verb, body: { id: createId(), ...body }, person: list.person.id, language: document.documentElement.lang, about };
    await list.outbox.put(actItem(act), photo);
    list.outbox.flush({ now: true });
  }

  open() {
    this.element.open = true;
    this.element.scrollIntoView({ block: "start" });
  }
}
