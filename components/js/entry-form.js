// The entry form. What is typed is kept in the browser at every keystroke and goes to the API with an id minted here, so that
// sending the same twice keeps it once. The draft goes away only after an answer that names its id.

const PATIENCE = 15_000;

class EntryForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = JSON.parse(this.dataset.words);
    this.partners = [];
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => this.save(event));
    this.pick("[data-add]").addEventListener("click", () => this.addPartner());
    this.pick("#entry-partner").addEventListener("keydown", (event) => this.addOnEnter(event));
  }

  // Typing

  changed() {
    this.show();
    this.remember("draft", this.draft());
    this.pick("[data-saved]").textContent = "";
  }

  show() {
    const kind = this.form.elements.kind;
    const chosen = this.form.querySelector(`[name=kind][value=${kind.value}]`);
    this.pick("[data-hint-here]").textContent = chosen.dataset.hint;
    for (const part of this.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== kind.value;
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

  // Keeping

  restore() {
    const draft = this.recall("draft");
    this.fill(draft ?? { ...this.recall("last"), id: mint(), text: "" });
    this.show();
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
    for (const box of this.form.querySelectorAll("[name=roots]")) box.checked = (draft.roots ?? []).includes(box.value);
    // What is chosen in advance must be seen to be chosen.
    this.pick("details").open = Boolean(draft.site_id || draft.happened_at || this.partners.length || draft.roots?.length);
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
      partners: this.partners,
      roots: [...this.form.querySelectorAll("[name=roots]:checked")].map((box) => box.value),
    };
  }

  // A browser may refuse to keep anything (private windows, a full disk); the form works all the same.
  remember(what, value) {
    try {
      localStorage.setItem(this.place(what), JSON.stringify(value));
    } catch {}
  }

  recall(what) {
    try {
      return JSON.parse(localStorage.getItem(this.place(what)));
    } catch {
      return null;
    }
  }

  forget(what) {
    try {
      localStorage.removeItem(this.place(what));
    } catch {}
  }

  place(what) {
    return `haren:${what}:${this.dataset.key}`;
  }

  // Sending

  async save(event) {
    event.preventDefault();
    this.clearFlaws();
    if (this.pick("#entry-partner").value.trim()) this.addPartner();
    if (!this.form.elements.text.value.trim()) return this.refuse("text", this.words.empty);
    await this.send(this.draft());
  }

  async send(draft) {
    const button = this.form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch("/api/v1/entries", request(draft));
      await this.hear(answer, draft);
    } catch {
      this.refuse("", this.words.offline);
    } finally {
      button.disabled = false;
    }
  }

  async hear(answer, draft) {
    const said = await answer.json();
    if (answer.status === 201 && said.id === draft.id) this.saved(draft, said);
    else if (answer.status === 401) this.refuse("", this.words.signedOut, link("/in", this.words.howIn));
    else if (answer.status === 409) this.refuse("", this.words.clash, this.anewButton());
    else if (answer.status >= 500) this.refuse("", said.detail ?? this.words.offline);
    else this.refuse(said.field ?? "", said.detail);
  }

  saved(draft, said) {
    const { kind, site_id, roots, partners } = draft;
    const last = { kind, site_id, roots, partners };
    this.remember("last", last);
    this.forget("draft");
    this.fill({ ...last, id: mint() });
    this.show();
    const time = new Date(said.logged_at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.pick("[data-saved]").replaceChildren(`${fill(this.words.saved, { time })} `, link("/feed", this.words.seeFeed));
  }

  anewButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press";
    button.textContent = this.words.saveAnew;
    button.addEventListener("click", () => {
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
    this.form.elements[field]?.setAttribute?.("aria-invalid", "true");
    this.form.elements[field]?.focus?.();
  }

  clearFlaws() {
    for (const place of this.querySelectorAll("[data-flaw]")) place.hidden = true;
    for (const field of this.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  pick(selector) {
    return this.querySelector(selector);
  }
}

function request(draft) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    signal: AbortSignal.timeout(PATIENCE),
    body: JSON.stringify({
      ...draft,
      site_id: draft.site_id || null,
      obstacle_kind: (draft.kind === "obstacle" && draft.obstacle_kind) || null,
      happened_at: draft.happened_at ? new Date(draft.happened_at).toISOString() : null,
    }),
  };
}

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}

// crypto.randomUUID exists only where the page is served securely; a phone on the local network is not.
function mint() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("entry-form", EntryForm);
