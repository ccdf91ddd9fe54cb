// The entry form. Each keystroke is stored in this browser's database. A saved entry goes into the outbox under an id
// created here, and from there to the API, so that it arrives exactly once. The page that the worker shows without a
// network uses the same form.

import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { currentAuthor, rememberAuthor } from "../outbox/current-author.js";
import { outbox, startSending } from "../outbox/page-outbox.js";
import { MOST_PHOTOS } from "../outbox/photos.js";
import { registerWorker } from "../worker/register.js";
import { choicesFromUrl, takeSharedText } from "./address.js";
import { Drafts } from "./drafts.js";
import { FieldErrors } from "./errors.js";
import { EntryFields } from "./fields.js";
import { EntryPartners } from "./partners.js";
import { EntryPhotos } from "./photos.js";
import { EntryPlace } from "./place.js";
import { EntrySaving } from "./saving.js";
import { takeShared } from "./shared-drafts.js";
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
    // Before this, the browser would have sent the form itself, with the text in the address.
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

  // Of what another app shared: more photos than an entry can have, or photos that could not be stored.
  showLostPhotos(lostPhotos) {
    if (lostPhotos) this.errors.show("photos", interpolate(this.words.tooManyPhotos, { count: MOST_PHOTOS }));
    if (new URLSearchParams(location.search).has("lost")) this.errors.show("photos", this.words.noRoomForPhoto);
  }

  // Nobody has opened the log on this device with a network, or the browser has cleared its storage.
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

  // At each keystroke. Where there is no room, a message says so; the text stays in the field.
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

  // Drafts: one per entry, so that two tabs write two drafts

  // Continue an unfinished draft, or the one that the address asks for, unless another tab has it.
  async restore() {
    await this.drafts.importOldDrafts().catch(() => {});
    const last = (this.last = withoutOldPlace(await this.drafts.last().catch(() => ({}))));
    const early = this.readEarly();
    const asked = choicesFromUrl();
    this.startEntry({ ...last, ...asked });
    if (Object.keys(early).length) this.addEarly(early);
    else if (await this.continueUnfinished(asked.from)) return;
    this.onChange();
    this.drafts.lock(this.entryId);
    this.focusText();
  }

  // What somebody has written or chosen before this module loaded. The address may bring a text, too.
  readEarly() {
    const early = { ...this.fields.readChosen(), ...this.partners.readChosen() };
    const text = early.text || takeSharedText();
    return text ? { ...early, text } : early;
  }

  addEarly(early) {
    const draft = { ...this.read(), ...early };
    this.fields.write(draft);
    this.partners.write(draft);
    if (early.team) this.fields.clearRemembered(this.remembered);
  }

  async continueUnfinished(from) {
    const draft = await this.unfinished(from).catch(() => null);
    return Boolean(draft) && this.continueDraft(draft);
  }

  async unfinished(from) {
    for (const draft of await this.drafts.newestFirst()) {
      if ((from && draft.from !== from) || !(await this.drafts.lock(draft.id))) continue;
      const current = await this.drafts.get(draft.id);
      if (current) return current;
    }
    return null;
  }

  // Start a new entry with these choices.
  startEntry(choices) {
    this.remembered = choices;
    this.showDraft({ ...choices, id: createId() });
    this.photos.show([]);
    this.untouched = this.content();
    this.partners.suggest(choices.used ?? [], this.me.partners ?? []);
  }

  // Do nothing where something else has been begun meanwhile. Return true if the draft is in the form.
  async continueDraft(draft) {
    const records = await this.photosOf(draft);
    if (this.isUntouched()) this.showWithPhotos(draft, records);
    return this.entryId === draft.id;
  }

  // Show another draft. What is in the form stays a draft, with the photos that were chosen for it.
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

  // In the installed app only: there a phone shows its keyboard at once.
  focusText() {
    const isCalm = document.activeElement === document.body && !location.hash;
    if (isCalm && matchMedia("(display-mode: standalone)").matches) this.form.elements.text.focus({ preventScroll: true });
  }

  // Without Web Locks, two tabs may edit one draft. The one that is told about the other goes on under a new id.
  async moveToNewId(id) {
    if (id !== this.entryId) return;
    Object.assign(this, { entryId: createId(), claim: undefined });
    await this.drafts.savePhotos(this.entryId, this.photos.records).catch(() => {});
    this.save();
  }

  // What is in the form becomes another entry. The content that has its id keeps it.
  async keepAsNewEntry(id) {
    await this.moveToNewId(id);
    await this.drafts.deleteTextOnly(id).catch(() => {});
    this.drafts.lock(this.entryId);
  }

  // Start the next entry, or continue an unfinished one. `text` was typed while the last entry was being stored.
  async startNext(last, text) {
    if (location.pathname === "/log" && location.search) history.replaceState(history.state, "", location.pathname);
    for (const details of this.form.querySelectorAll("details")) details.open = false;
    const savedId = this.entryId;
    this.last = last;
    this.startEntry(last);
    this.drafts.deleteTextOnly(savedId).catch(() => {}); // a keystroke while it was being stored has saved the draft again
    this.drafts.lock(this.entryId);
    this.form.elements.text.value = text;
    this.form.elements.text.focus();
    if (text) return this.save();
    await this.continueUnfinished();
  }

  setStatus(...words) {
    this.querySelector("[data-saved]").replaceChildren(...words);
  }
}

// A site that was chosen hours ago is no good guess.
function withoutOldPlace({ site_id, at, ...others }) {
  return Date.now() - at < PLACE_VALID_FOR ? { site_id, at, ...others } : { at, ...others };
}

customElements.define("entry-form", EntryForm);
