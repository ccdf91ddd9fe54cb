// The entry form's fields: read and write their values, and show what depends on them.

import { interpolate } from "../lib/interpolate.js";
import { fromLocal } from "../lib/local-dates.js";

const CLOCKS_DIFFER = 600_000; // milliseconds
const TEXTS = ["text", "obstacle_kind", "hits", "tried", "site_id", "happened_at"];
const CHOICES = ["kind", "when", "audience"];
const DEFAULTS = { kind: "activity", when: "now", audience: "staff" };
const EMPTY = { ...Object.fromEntries(TEXTS.map((name) => [name, ""])), ...DEFAULTS, roots: [], team: false };

export class EntryFields {
  constructor(form, words) {
    Object.assign(this, { form, words, elements: form.elements });
  }

  find(selector) {
    return this.form.querySelector(selector);
  }

  read() {
    const values = [...TEXTS, ...CHOICES].map((name) => [name, this.elements[name].value]);
    const roots = [...this.form.querySelectorAll("[name=roots]:checked")].map(({ value }) => value);
    return { ...Object.fromEntries(values), roots, team: this.elements.team.checked };
  }

  // Return what somebody has written or chosen in a form that was empty.
  readChosen() {
    return Object.fromEntries(Object.entries(this.read()).filter(([name, value]) => String(value) !== String(EMPTY[name])));
  }

  write(draft) {
    for (const name of TEXTS) this.elements[name].value = draft[name] ?? "";
    for (const name of CHOICES) this.choose(name, draft[name]);
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = (draft.roots ?? []).includes(box.value);
    this.elements.team.checked = Boolean(draft.team);
    // Open the details where something in them was chosen in advance.
    const [more] = this.form.querySelectorAll("details");
    more.open ||= Boolean(draft.site_id || draft.partner || draft.partners?.length || draft.roots?.length) || this.read().when !== "now";
  }

  // Values remembered from the entry before would tell, beside that entry, who wrote this one.
  clearRemembered({ site_id, roots } = {}) {
    if (this.elements.site_id.value === site_id) this.elements.site_id.value = "";
    if (this.read().roots.join() !== (roots ?? []).join()) return;
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = false;
  }

  choose(name, value) {
    const known = [...this.elements[name]].some((choice) => choice.value === value && !choice.disabled);
    this.elements[name].value = known ? value : DEFAULTS[name];
  }

  // A person without a team shares nothing with a team.
  showFor({ team }) {
    const parts = this.form.querySelectorAll("[data-team-only]");
    for (const part of parts) part.hidden = !team;
    for (const choice of this.elements.audience) choice.disabled = choice.closest("[data-team-only]")?.hidden ?? false;
    this.find("[data-crowd]").textContent = team ? interpolate(this.words.crowd, { team: team.name, count: team.members }) : "";
  }

  show() {
    const kind = this.elements.kind.value;
    this.find("[data-hint-here]").textContent = this.find(`[name=kind][value=${kind}]`).dataset.hint;
    for (const part of this.form.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== kind;
    this.find("[data-obstacle-hint]").textContent = this.elements.obstacle_kind.selectedOptions[0]?.dataset.hint ?? "";
    this.find("[data-other]").hidden = this.elements.when.value !== "other";
    this.find("[data-claimed]").hidden = !this.elements.team.checked;
    const place = this.elements.site_id;
    const roots = this.read().roots.length;
    const chosen = [place.value && place.selectedOptions[0].text, roots && interpolate(this.words.roots, { count: roots })];
    this.find("[data-more-now]").textContent = chosen.filter(Boolean).join(" · ");
    this.find("[data-audience-now]").textContent = this.find("[name=audience]:checked")?.dataset.short ?? "";
    this.showCount();
  }

  isDateMissing() {
    const { when, happened_at } = this.read();
    return when === "other" && !happened_at;
  }

  // By the phone's own clock: the server takes every time.
  isDateAhead() {
    const { when, happened_at } = this.read();
    return when === "other" && fromLocal(happened_at) - Date.now() > CLOCKS_DIFFER;
  }

  count() {
    return [...this.elements.text.value.trim()].length;
  }

  showCount() {
    const { count: words, limit } = this.words;
    const counter = this.find("[data-count]");
    const count = this.count();
    counter.hidden = count < limit * 0.9;
    counter.textContent = interpolate(words, { count, limit });
  }
}
