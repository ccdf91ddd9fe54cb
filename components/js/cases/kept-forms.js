// The forms of a kept case: a promised day, a pause, how it ended, a note. What is typed stays until it is kept.

import { createButton, createElement } from "../lib/dom.js";
import { shrink } from "../lib/shrink-photo.js";

let count = 0;

class KeptForm {
  constructor(card) {
    Object.assign(this, { card, words: card.words });
    this.error = createElement("p", { className: "why" });
    this.error.setAttribute("role", "alert");
    const save = createElement("button", { type: "submit", className: "press main" }, this.words.save);
    const cancel = createButton(this.words.cancel, () => card.closeForm(this.verb));
    this.element = createElement("form", {}, ...this.fields(), this.error, createElement("p", {}, save, " ", cancel));
    this.element.addEventListener("submit", (event) => this.onSubmit(event));
  }

  focus() {
    this.element.querySelector("input, textarea").focus();
  }

  async onSubmit(event) {
    event.preventDefault();
    if (this.isSaving) return;
    const flaw = this.flaw();
    this.error.textContent = flaw;
    if (flaw) return void this.focus();
    this.isSaving = true;
    try {
      await this.card.keep(this.verb, this.body(), this.what(), await this.photo());
      this.card.closeForm(this.verb);
    } catch {
      this.error.textContent = this.words.noStorage;
    }
    this.isSaving = false;
  }

  flaw() {
    return "";
  }

  what() {
    return this.words.verbs[this.verb];
  }

  photo() {
    return null;
  }

  value(name) {
    return this.element.elements[name].value.trim();
  }

  labelled(label, field) {
    field.id = `kept-${(count += 1)}`;
    return [createElement("label", { htmlFor: field.id }, label), field];
  }

  textField(label) {
    return this.labelled(label, createElement("textarea", { name: "words", rows: 3, maxLength: this.words.limit, dir: "auto" }));
  }

  // `options` are pairs of a value and its label.
  choices(name, legend, options) {
    const radios = options.map(([value, label]) =>
      createElement("label", {}, createElement("input", { type: "radio", name, value }), createElement("span", {}, label)),
    );
    return createElement("fieldset", {}, createElement("legend", {}, legend), ...radios);
  }
}

class PromiseForm extends KeptForm {
  verb = "promise";

  fields() {
    return this.labelled(this.words.day, createElement("input", { type: "date", name: "day", min: today() }));
  }

  flaw() {
    return this.value("day") >= today() ? "" : this.words.chooseDay;
  }

  body() {
    return { day: this.value("day") };
  }
}

class PauseForm extends KeptForm {
  verb = "pause";

  fields() {
    return [this.choices("reason", this.words.reason, this.words.reasons), ...this.textField(this.words.words)];
  }

  flaw() {
    return this.value("reason") ? "" : this.words.chooseOne;
  }

  body() {
    return { reason: this.value("reason"), words: this.value("words") };
  }
}

const WITH_REASON = ["not_ours", "cannot"];

class CloseForm extends KeptForm {
  verb = "close";

  fields() {
    const { words, card } = this;
    const isEmptied = (outcome) => outcome === "fixed" && card.item.tone === "full";
    const outcomes = words.outcomes.map(([outcome, label]) => [outcome, isEmptied(outcome) ? words.emptied : label]);
    this.file = createElement("input", { type: "file", accept: "image/*", name: "photo" });
    const [label, field] = this.textField(words.words);
    const choices = this.choices("outcome", words.outcome, outcomes);
    choices.addEventListener("change", () => (label.textContent = { not_ours: words.whose, cannot: words.why }[this.value("outcome")] ?? words.words));
    const shared = createElement("label", { className: "check" }, createElement("input", { type: "checkbox", name: "public" }), createElement("span", {}, words.residentsMaySee));
    return [choices, label, field, ...this.labelled(words.photoNow, this.file), shared];
  }

  flaw() {
    if (!this.value("outcome")) return this.words.chooseOne;
    return WITH_REASON.includes(this.value("outcome")) && !this.value("words") ? this.words.missingWords : "";
  }

  what() {
    return this.element.querySelector("[name=outcome]:checked").parentElement.textContent;
  }

  body() {
    return { outcome: this.value("outcome"), words: this.value("words"), public: this.element.elements.public.checked };
  }

  async photo() {
    return this.file.files[0] ? shrink(this.file.files[0]) : null;
  }
}

class NoteForm extends KeptForm {
  verb = "notes";

  fields() {
    return this.textField(this.words.noteWords);
  }

  flaw() {
    return this.value("words") ? "" : this.words.missingWords;
  }

  body() {
    return { text: this.value("words") };
  }
}

export const FORMS = { promise: PromiseForm, pause: PauseForm, close: CloseForm, notes: NoteForm };

function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
}
