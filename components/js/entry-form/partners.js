// The partners of an entry: added one by one, and suggested to whoever has named them before.

import { createButton, createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";

const SUGGESTED = 4;

export class EntryPartners {
  // `onChange` is called when the person adds or removes one.
  constructor(form, words, onChange) {
    Object.assign(this, { words, onChange, names: [], used: [] });
    this.field = form.querySelector("#entry-partner");
    this.list = form.querySelector("[data-partners]");
    this.suggestions = form.querySelector("[data-offers]");
    this.datalist = form.querySelector("datalist");
    form.querySelector("[data-add]").addEventListener("click", () => this.add());
    this.field.addEventListener("keydown", (event) => this.addOnEnter(event));
  }

  // `used` are the partners that were named on this phone, newest first; `known` are everybody's.
  suggest(used, known) {
    this.used = used;
    const all = new Set([...used, ...known]);
    this.datalist.replaceChildren(...[...all].map((value) => createElement("option", { value })));
    this.show();
  }

  read() {
    return { partners: [...this.names], partner: this.field.value };
  }

  // Return what somebody has named in a form that was empty.
  readChosen() {
    return Object.fromEntries(Object.entries(this.read()).filter(([, value]) => value.length));
  }

  write({ partners = [], partner = "" }) {
    this.names = [...partners];
    this.field.value = partner;
    this.show();
  }

  addOnEnter(event) {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    this.add();
  }

  add(name = this.field.value.trim()) {
    if (name && !this.names.includes(name)) this.names.push(name);
    this.field.value = "";
    this.show();
    this.onChange();
  }

  remove(name) {
    this.names = this.names.filter((known) => known !== name);
    this.show();
    this.onChange();
    this.field.focus();
  }

  show() {
    this.list.replaceChildren(...this.names.map((name) => this.item(name)));
    const unused = this.used.filter((name) => !this.names.includes(name)).slice(0, SUGGESTED);
    this.suggestions.replaceChildren(...unused.map((name) => createButton(`+ ${name}`, () => this.add(name))));
  }

  item(name) {
    const remove = createButton(`${name} ×`, () => this.remove(name));
    remove.setAttribute("aria-label", interpolate(this.words.removePartner, { name }));
    return createElement("li", {}, remove);
  }
}
