// The entry form. What is typed is kept in the browser at every keystroke and goes to the API with an id minted here, so that
// sending the same twice keeps it once. The draft goes away only after an answer that names its id.

import { Drafts } from "./drafts.js";
import { mint, post } from "./entries.js";
import { fill } from "./words.js";

class EntryForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = JSON.parse(this.dataset.words);
    this.drafts = new Drafts(this.dataset.key);
    this.partners = [];
    this.sending = false;
    this.start();
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("submit", (event) => this.save(event));
    this.pick("[data-add]").addEventListener("click", () => this.addPartner());
    this.pick("#entry-partner").addEventListener("keydown", (event) => this.addOnEnter(event));
  }

  // Typing

  typed({ target }) {
    this.forgive(target.name);
    this.changed();
  }

  changed() {
    this.show();
    this.keep();
    this.pick("[data-saved]").textContent = "";
  }

  show() {
    const kind = this.form.elements.kind;
    const chosen = this.form.querySelector(`[name=kind][value=${kind.value}]`);
    this.pick("[data-hint-here]").textContent = chosen.dataset.hint;
    for (const part of this.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== kind.value;
    this.pick("[data-obstacle-hint]").textContent = this.form.elements.obstacle_kind.selectedOptions[0]?.dataset.hint ?? "";
    this.showCount();
    this.showPartners();
  }

  showCount() {
    const count = [...this.form.elements.text.value.trim()].length;
    const note = this.pick("[data-count]");
    note.hidden = count < this.words.limit * 0.9;
    note.textContent = fill(this.words.count, { count, limit: this.words.limit });
  }

  showPartners() {
    this.pick("[data-partners]").replaceChildren(...this.partners.map((name) => this.partnerItem(name)));
  }

  partnerItem(name) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press";
    button.textContent = `${name} ×`;
    button.setAttribute("aria-label", fill(this.words.remove, { name }));
    button.addEventListener("click", () => this.removePartner(name));
    item.append(button);
    return item;
  }

  addOnEnter(event) {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    this.addPartner();
  }

  addPartner() {
    const field = this.pick("#entry-partner");
    const name = field.value.trim();
    if (name && !this.partners.includes(name)) this.partners.push(name);
    field.value = "";
    this.changed();
  }

  removePartner(name) {
    this.partners = this.partners.filter((known) => known !== name);
    this.changed();
    this.pick("#entry-partner").focus();
  }

  // Keeping: one draft an entry, so that two tabs write two of them

  start() {
    // Whoever is quicker than this module has typed already.
    const text = this.form.elements.text.value;
    this.begin(this.drafts.last());
    this.form.elements.text.value = text;
    this.changed();
    this.adopt();
    if (!navigator.locks) addEventListener("storage", (event) => this.moveAside(event));
  }

  // A new entry, for which something may have been chosen already.
  begin(choices) {
    this.fill({ ...choices, id: mint() });
    this.untouched = this.content();
  }

  // Go on with what was left unfinished, unless another tab is at it.
  async adopt() {
    for (const { id } of this.drafts.unfinished()) {
      const draft = (await this.drafts.hold(id)) && this.drafts.get(id);
      if (this.content() !== this.untouched) break;
      if (!draft) continue;
      this.fill(draft);
      this.show();
      return;
    }
    this.drafts.hold(this.entryId);
  }

  // Without locks, two tabs may be at one draft: the one that hears the other write goes on under an id of its own.
  moveAside({ key, newValue }) {
    if (newValue === null || key !== this.drafts.place(this.entryId)) return;
    this.entryId = mint();
    this.keep();
  }

  keep() {
    if (this.content() === this.untouched) this.drafts.forget(this.entryId);
    else this.drafts.keep(this.draft());
  }

  fill(draft) {
    const fields = this.form.elements;
    this.entryId = draft.id;
    fields.text.value = draft.text ?? "";
    if (draft.kind) fields.kind.value = draft.kind;
    fields.site_id.value = draft.site_id ?? "";
    fields.obstacle_kind.value = draft.obstacle_kind ?? "";
    fields.happened_at.value = draft.happened_at ?? "";
    this.partners = [...(draft.partners ?? [])];
    this.pick("#entry-partner").value = draft.partner ?? "";
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = (draft.roots ?? []).includes(box.value);
    // What is chosen in advance must be seen to be chosen.
    const chosen = [draft.site_id, draft.happened_at, draft.partner, this.partners.length, draft.roots?.length];
    this.pick("details").open = chosen.some(Boolean);
  }

  draft() {
    const fields = this.form.elements;
    return {
      id: this.entryId,
      kind: fields.kind.value,
      text: fields.text.value,
      site_id: fields.site_id.value,
      obstacle_kind: fields.obstacle_kind.value,
      happened_at: fields.happened_at.value,
      partners: [...this.partners],
      partner: this.pick("#entry-partner").value,
      roots: [...this.form.querySelectorAll("[name=roots]:checked")].map((box) => box.value),
    };
  }

  content() {
    return JSON.stringify({ ...this.draft(), id: "" });
  }

  // Sending

  async save(event) {
    event.preventDefault();
    if (this.sending) return;
    this.clearFlaws();
    if (this.pick("#entry-partner").value.trim()) this.addPartner();
    if (!this.form.elements.text.value.trim()) return this.refuse("text", this.words.empty);
    await this.send(this.draft());
  }

  async send(draft) {
    this.busy(true);
    try {
      const answer = await post(draft);
      await this.hear(answer, draft);
    } catch {
      this.refuse("", this.words.offline);
    } finally {
      this.busy(false);
    }
  }

  // The button stays enabled: one that isn't loses the focus.
  busy(sending) {
    this.sending = sending;
    this.form.querySelector("[type=submit]").setAttribute("aria-disabled", String(sending));
  }

  async hear(answer, draft) {
    const said = await answer.json();
    if (answer.status === 201 && said.id === draft.id) this.saved(draft, said);
    else if (answer.status === 401) this.refuse("", this.words.signedOut, link("/in", this.words.howIn));
    else if (answer.status === 409) this.refuse("", this.words.clash, this.anewButton());
    else if (answer.status >= 500) this.refuse("", said.detail ?? this.words.offline);
    else this.refuse(said.field ?? "", said.detail);
  }

  saved(sent, said) {
    const now = this.draft();
    const { kind, site_id, roots } = now;
    const last = { kind, site_id, roots };
    this.drafts.rememberLast(last);
    this.drafts.forget(sent.id);
    this.begin(last);
    // What was typed meanwhile is the next entry's.
    const goesOn = now.text !== sent.text;
    this.fill({ ...(goesOn ? now : without(now, sent)), id: this.entryId });
    this.show();
    this.keep();
    this.drafts.hold(this.entryId);
    this.tell(goesOn ? this.words.savedEarlier : this.words.saved, said.logged_at);
    if (this.content() === this.untouched) this.form.elements.text.focus();
  }

  tell(words, at) {
    const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.pick("[data-saved]").replaceChildren(`${fill(words, { time })} `, link("/feed", this.words.seeFeed));
  }

  anewButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press";
    button.textContent = this.words.saveAnew;
    button.addEventListener("click", () => {
      this.drafts.forget(this.entryId);
      this.entryId = mint();
      this.changed();
      this.form.requestSubmit();
    });
    return button;
  }

  refuse(field, sentence, ...more) {
    const place = this.pick(`[data-flaw="${CSS.escape(field)}"]`) ?? this.pick('[data-flaw=""]');
    place.replaceChildren(sentence, " ", ...more);
    place.hidden = false;
    const details = place.closest("details");
    if (details) details.open = true;
    if (field) this.goTo(this.form.elements[field], place);
  }

  // To the field, or to the flaw where the field is several. What concerns no field is told by its role, and who goes on
  // writing is left in peace.
  goTo(field, flaw) {
    const one = field instanceof HTMLElement ? field : null;
    one?.setAttribute("aria-invalid", "true");
    (one ?? flaw).focus({ preventScroll: true });
    (one ?? flaw).scrollIntoView({ block: "center" });
  }

  // What is being mended needs no reminder.
  forgive(field) {
    const place = field && this.pick(`[data-flaw="${CSS.escape(field)}"]`);
    if (place) place.hidden = true;
    if (place && this.form.elements[field] instanceof HTMLElement) this.form.elements[field].removeAttribute("aria-invalid");
  }

  clearFlaws() {
    for (const place of this.querySelectorAll("[data-flaw]")) place.hidden = true;
    for (const field of this.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  pick(selector) {
    return this.querySelector(selector);
  }
}

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

// What an entry leaves behind for the next one, but for what was sent with it.
function without(now, sent) {
  const once = ["text", "obstacle_kind", "happened_at"].filter((name) => now[name] === sent[name]);
  const partners = now.partners.filter((name) => !sent.partners.includes(name));
  return { ...now, ...Object.fromEntries(once.map((name) => [name, ""])), partners };
}

customElements.define("entry-form", EntryForm);
