// The entry form. What is typed is in this browser's database at every keystroke; what is saved goes into its outbox first, under an
// id minted here, and from there to the API, so that each entry arrives exactly once. It is the same on the page that the worker
// shows while there is no network.

import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { currentAuthor, rememberAuthor } from "../outbox/current-author.js";
import { outbox, startSending } from "../outbox/page-outbox.js";
import { MOST_PHOTOS } from "../outbox/photos.js";
import { registerWorker } from "../worker/register.js";
import { Drafts } from "./drafts.js";
import { FieldErrors } from "./errors.js";
import { EntryFields } from "./fields.js";
import { EntryPartners } from "./partners.js";
import { EntryPhotos } from "./photos.js";
import { EntryPlace } from "./place.js";
import { EntrySaving } from "./saving.js";
import { sharedDraftSource, takeShared } from "./shared-drafts.js";
import { UnsentEntries } from "./unsent-entries.js";

const PLACE_VALID_FOR = 3 * 3_600_000;

class EntryForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = JSON.parse(this.dataset.words);
    this.errors = new FieldErrors(this.form);
    this.fields = new EntryFields(this.form, this.words);
    this.partners = new EntryPartners(this.form, this.words, () => this.onChange());
    this.place = new EntryPlace(this.form, this.words, () => this.onChange());
    this.photos = new EntryPhotos(this.form, this.words, {
      ready: () => this.ready,
      savePhotos: (records) => this.drafts.savePhotos(this.entryId, records),
      onChange: () => this.onChange(),
      showError: (sentence) => (sentence ? this.errors.show("photos", sentence) : this.errors.clear("photos")),
    });
    this.form.addEventListener("input", ({ target }) => this.onInput(target));
    this.saving = new EntrySaving(this);
    this.form.addEventListener("submit", (event) => this.saving.save(event));
    // Until now the browser would have sent the form by itself, with the words in the address.
    this.form.querySelector("[type=submit]").disabled = false;
    this.ready = this.start();
  }

  async start() {
    startSending();
    this.me = this.dataset.me ? JSON.parse(this.dataset.me) : await currentAuthor(outbox.database).catch(() => null);
    if (!this.me) return this.showSignInHint();
    if (this.dataset.me) rememberAuthor(outbox.database, this.me).catch(() => {});
    registerWorker({ keeps: "log" });
    this.drafts = new Drafts(outbox.database, this.me.person);
    this.drafts.onOtherTabWriting((id) => this.moveToNewId(id));
    this.fields.showFor(this.me);
    new UnsentEntries(this.querySelector("[data-states]"), outbox, this.words, this.saving).start(this.me.person);
    const lostPhotos = await takeShared(outbox.database, this.me.person).catch(() => 0);
    await this.restore();
    this.showLostPhotos(lostPhotos);
  }

  // Of what was shared: more photos than there are places for, or some for which there was no room.
  showLostPhotos(lostPhotos) {
    if (lostPhotos) this.errors.show("photos", interpolate(this.words.tooManyPhotos, { count: MOST_PHOTOS }));
    if (new URLSearchParams(location.search).has("lost")) this.errors.show("photos", this.words.noRoomForPhoto);
  }

  // Nobody has opened the log here with a network, or the browser has cleared what it kept.
  showSignInHint() {
    this.form.hidden = true;
    this.querySelector("[data-stranger]").hidden = false;
  }

  // Typing

  onInput(target) {
    if (["entry-code", "entry-photo"].includes(target.id)) return;
    this.errors.clear(target.name);
    if (target.name === "team" && target.checked) this.fields.clearRemembered(this.remembered);
    this.onChange();
  }

  onChange() {
    this.fields.show();
    this.setStatus("");
    this.save();
  }

  read() {
    const { entryId: id, from, claim } = this;
    return { id, from, claim, ...this.fields.read(), ...this.partners.read(), photos: this.photos.records.length };
  }

  isUntouched() {
    return !this.photos.pending && this.content() === this.untouched;
  }

  content() {
    return JSON.stringify({ ...this.read(), id: "" });
  }

  // Each keystroke. Where there is no room for it, that is said; the words stay in the field.
  save() {
    if (!this.drafts || this.untouched === undefined) return;
    const draft = this.read();
    const write = this.isUntouched() ? this.drafts.delete(draft.id) : this.drafts.save(draft);
    write.then(() => this.showStorageState(true), () => this.showStorageState(false));
  }

  showStorageState(hasRoom) {
    const { textContent, hidden } = this.errors.fieldPlace("");
    const isShown = !hidden && textContent === this.words.noRoom;
    if (hasRoom && isShown) this.errors.clear("");
    if (!hasRoom && !isShown) this.errors.show("", this.words.noRoom);
  }

  // Drafts: one an entry, so that two tabs write two of them

  // Go on with what was left unfinished, or with what the address asks for, unless another tab is at it.
  async restore() {
    await this.drafts.importOldDrafts().catch(() => {});
    const last = (this.last = withoutOldPlace(await this.drafts.last().catch(() => ({}))));
    const typed = this.form.elements.text.value || takeSharedText(); // whoever is quicker than this module has typed already
    const asked = choicesFromUrl();
    this.startEntry({ ...last, ...asked });
    const left = typed ? null : await this.unfinished(asked.from).catch(() => null);
    if (left && (await this.continueDraft(left))) return;
    if (typed) this.fields.elements.text.value = typed;
    this.onChange();
    this.drafts.lock(this.entryId);
    this.focusText();
  }

  async unfinished(from) {
    for (const draft of await this.drafts.newestFirst()) {
      if ((from && draft.from !== from) || !(await this.drafts.lock(draft.id))) continue;
      const fresh = await this.drafts.get(draft.id);
      if (fresh) return fresh;
    }
    return null;
  }

  // A new entry, for which something may have been chosen already.
  startEntry(choices) {
    this.remembered = choices;
    this.showDraft({ ...choices, id: createId() });
    this.photos.show([]);
    this.untouched = this.content();
    this.partners.suggest(choices.used ?? [], this.me.partners ?? []);
  }

  // Unless somebody has begun something else meanwhile. Returns whether it is in the form.
  async continueDraft(draft) {
    const records = await this.photosOf(draft);
    if (this.isUntouched()) this.showWithPhotos(draft, records);
    return this.entryId === draft.id;
  }

  // What is in the form waits for its turn, with the photos that were chosen for it.
  async openDraft(draft) {
    const records = await this.photosOf(draft);
    await this.photos.waitUntilIdle();
    this.showWithPhotos(draft, records);
  }

  async photosOf(draft) {
    return draft.photos ? this.drafts.photos(draft).catch(() => []) : [];
  }

  showWithPhotos(draft, records) {
    this.showDraft(draft);
    this.photos.show(records);
  }

  showDraft(draft) {
    Object.assign(this, { entryId: draft.id, from: draft.from, claim: draft.claim });
    this.fields.write(draft);
    this.partners.write(draft);
    this.fields.show();
  }

  // Where it does no harm: a phone shows its keyboard at once only when the form was opened from the home screen.
  focusText() {
    const isCalm = document.activeElement === document.body && !location.hash;
    if (isCalm && matchMedia("(display-mode: standalone)").matches) this.form.elements.text.focus({ preventScroll: true });
  }

  // Without locks, two tabs may be at one draft: the one that hears the other write goes on under an id of its own.
  async moveToNewId(id) {
    if (id !== this.entryId) return;
    Object.assign(this, { entryId: createId(), claim: undefined });
    await this.drafts.savePhotos(this.entryId, this.photos.records).catch(() => {});
    this.save();
  }

  // What is in the form becomes another entry; what has its id has the words.
  async keepAsNewEntry(id) {
    await this.moveToNewId(id);
    await this.drafts.deleteTextOnly(id).catch(() => {});
    this.drafts.lock(this.entryId);
  }

  // The next entry; one that waited unfinished comes first. `text` was typed while the last one was being kept.
  async startNext(last, text) {
    if (location.pathname === "/log" && location.search) history.replaceState(history.state, "", location.pathname);
    for (const details of this.form.querySelectorAll("details")) details.open = false;
    const done = this.entryId;
    this.last = last;
    this.startEntry(last);
    this.drafts.deleteTextOnly(done).catch(() => {}); // a keystroke while it was being kept has brought it back
    this.drafts.lock(this.entryId);
    this.form.elements.text.value = text;
    this.form.elements.text.focus();
    if (text) return this.save();
    const left = await this.unfinished().catch(() => null);
    if (left) await this.continueDraft(left);
  }

  setStatus(...words) {
    this.querySelector("[data-saved]").replaceChildren(...words);
  }
}

// Where somebody was some hours ago is not where they are.
function withoutOldPlace({ site_id, at, ...others }) {
  return Date.now() - at < PLACE_VALID_FOR ? { site_id, at, ...others } : { at, ...others };
}

// The words that came with the address: once, or a reload would bring them again.
function takeSharedText() {
  const address = new URL(location);
  const text = address.searchParams.get("text") ?? "";
  address.searchParams.delete("text");
  if (text) history.replaceState(history.state, "", address);
  return text;
}

// What the address asks for: ?kind=obstacle, ?site=kransmossen, ?shared=…
function choicesFromUrl() {
  const asked = new URLSearchParams(location.search);
  if (asked.has("shared")) return { from: sharedDraftSource(asked.get("shared")) };
  const [kind, site_id] = [asked.get("kind"), asked.get("site")];
  if (!kind && !site_id) return {};
  return { ...(kind && { kind }), ...(site_id && { site_id }), from: `${kind ?? ""}@${site_id ?? ""}` };
}

customElements.define("entry-form", EntryForm);
