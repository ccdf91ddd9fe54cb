// The entry form's fields: what is chosen in them, and what they show of it.

import { interpolate } from "../lib/interpolate.js";

const TEXTS = ["text", "obstacle_kind", "hits", "tried", "site_id", "happened_at"];
const CHOICES = ["kind", "when", "audience"];
const DEFAULTS = { kind: "activity", when: "now", audience: "staff" };

export class EntryFields {
  constructor(form, words) {
    Object.assign(this, { form, words, all: form.elements });
  }

  pick(selector) {
    return this.form.querySelector(selector);
  }

  read() {
    const values = [...TEXTS, ...CHOICES].map((name) => [name, this.all[name].value]);
    const roots = [...this.form.querySelectorAll("[name=roots]:checked")].map(({ value }) => value);
    return { ...Object.fromEntries(values), roots, team: this.all.team.checked };
  }

  write(draft) {
    for (const name of TEXTS) this.all[name].value = draft[name] ?? "";
    for (const name of CHOICES) this.choose(name, draft[name]);
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = (draft.roots ?? []).includes(box.value);
    this.all.team.checked = Boolean(draft.team);
    // What is chosen in advance must be seen to be chosen.
    const [more] = this.form.querySelectorAll("details");
    more.open ||= Boolean(draft.site_id || draft.partner || draft.partners?.length || draft.roots?.length) || this.read().when !== "now";
  }

  // What was only remembered from the entry before would tell, beside that one, who wrote this one.
  leaveOut({ site_id, roots }) {
    if (this.all.site_id.value === site_id) this.all.site_id.value = "";
    if (this.read().roots.join() !== (roots ?? []).join()) return;
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = false;
  }

  choose(name, value) {
    const known = [...this.all[name]].some((choice) => choice.value === value && !choice.disabled);
    this.all[name].value = known ? value : DEFAULTS[name];
  }

  // Who belongs to no team shares nothing with one.
  meet({ team }) {
    const known = this.form.querySelectorAll("[data-team-only]");
    for (const part of known) part.hidden = !team;
    for (const choice of this.all.audience) choice.disabled = choice.closest("[data-team-only]")?.hidden ?? false;
    this.pick("[data-crowd]").textContent = team ? interpolate(this.words.crowd, { team: team.name, count: team.members }) : "";
  }

  show() {
    const kind = this.all.kind.value;
    this.pick("[data-hint-here]").textContent = this.pick(`[name=kind][value=${kind}]`).dataset.hint;
    for (const part of this.form.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== kind;
    this.pick("[data-obstacle-hint]").textContent = this.all.obstacle_kind.selectedOptions[0]?.dataset.hint ?? "";
    this.pick("[data-other]").hidden = this.all.when.value !== "other";
    this.pick("[data-claimed]").hidden = !this.all.team.checked;
    const place = this.all.site_id;
    const roots = this.read().roots.length;
    const chosen = [place.value && place.selectedOptions[0].text, roots && interpolate(this.words.roots, { count: roots })];
    this.pick("[data-more-now]").textContent = chosen.filter(Boolean).join(" · ");
    this.pick("[data-audience-now]").textContent = this.pick("[name=audience]:checked")?.dataset.short ?? "";
    this.showCount();
  }

  lacksDay() {
    const { when, happened_at } = this.read();
    return when === "other" && !happened_at;
  }

  count() {
    return [...this.all.text.value.trim()].length;
  }

  showCount() {
    const { count: words, limit } = this.words;
    const note = this.pick("[data-count]");
    const count = this.count();
    note.hidden = count < limit * 0.9;
    note.textContent = interpolate(words, { count, limit });
  }
}
