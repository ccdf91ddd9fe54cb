// Save an entry, and show what becomes of it.

import { createElement } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { CLASH } from "../outbox/delivery.js";
import { mayHaveArrived } from "../outbox/items.js";
import { outbox } from "../outbox/page-outbox.js";
import { readPhotos, writePhotos } from "../outbox/photos.js";
import { DirectSend } from "./direct-send.js";
import { createClaim, draftFromItem, entryItem } from "./entry-item.js";

const PARTNERS_REMEMBERED = 12;

export class EntrySaving {
  constructor(entryForm) {
    Object.assign(this, { entryForm, words: entryForm.words, errors: entryForm.errors, directSend: new DirectSend(entryForm) });
    outbox.subscribe((event) => this.onOutboxEvent(event));
  }

  async save(event) {
    event.preventDefault();
    if (this.isSaving) return;
    this.isSaving = true;
    try {
      await this.entryForm.ready; // the author is not known before
      if (this.entryForm.me) await this.saveNow();
    } finally {
      this.isSaving = false;
    }
  }

  async saveNow() {
    const { entryForm, words, errors } = this;
    errors.clearAll();
    if (entryForm.partners.field.value.trim()) entryForm.partners.add();
    const [count, { limit }] = [entryForm.fields.count(), words];
    if (!count) return errors.show("text", words.empty);
    if (count > limit) return errors.show("text", interpolate(words.tooLong, { length: count, limit }));
    if (entryForm.fields.isDateMissing()) return errors.show("happened_at", words.chooseDay);
    if (entryForm.fields.isDateAhead()) return errors.show("happened_at", words.isAhead);
    await entryForm.photos.afterPending(() => this.storeItem(this.withClaim(entryForm.read())));
  }

  withClaim(draft) {
    const isTeams = draft.kind === "obstacle" && draft.team && this.entryForm.me.team;
    return { ...draft, claim: isTeams ? draft.claim ?? createClaim() : undefined };
  }

  // Once the outbox has it, it is safe. Where storing fails, it is sent directly and stays in the form until it has
  // arrived.
  async storeItem(draft) {
    const item = entryItem(draft, this.entryForm.me.person, document.documentElement.lang);
    const inTransaction = (stores) => finishDraft(stores, draft, item.person);
    try {
      if (!(await outbox.put(item, null, { inTransaction, isSame: (existing) => contentOf(existing) === contentOf(item) }))) return this.storeAsNewEntry(draft);
    } catch {
      const message = await this.directSend.send(item, draft);
      return message && this.onStored(draft, message);
    }
    this.onStored(draft, this.words.kept);
    outbox.flush({ now: true });
  }

  // Other content was sent under this id: this becomes an entry of its own.
  async storeAsNewEntry(draft) {
    await this.entryForm.keepAsNewEntry(draft.id);
    await this.storeItem({ ...draft, id: this.entryForm.entryId, claim: draft.claim && createClaim() });
  }

  onStored(draft, words) {
    const { entryForm } = this;
    Object.assign(this, { latest: draft.id, isForTeam: Boolean(draft.claim) });
    const last = draft.claim ? entryForm.last : this.choicesToRemember(draft);
    entryForm.drafts.rememberLast(last).catch(() => {});
    const now = entryForm.form.elements.text.value;
    if (entryForm.entryId === draft.id) entryForm.startNext(last, now.startsWith(draft.text) ? now.slice(draft.text.length) : now);
    entryForm.setStatus(words);
  }

  // An entry under the team's name leaves nothing behind: choices repeated in the next entry would tell who wrote it.
  // The kind obstacle and the audience public are not remembered, as they are to be chosen each time.
  choicesToRemember({ kind, site_id, roots, obstacle_kind, audience, partners }) {
    const { last, partners: { used: before } } = this.entryForm;
    const used = [...new Set([...partners, ...before])].slice(0, PARTNERS_REMEMBERED);
    const usual = { kind: kind === "obstacle" ? last.kind : kind, audience: audience === "public" ? "staff" : audience };
    return { ...usual, site_id, roots, obstacle_kind, used, at: Date.now() };
  }

  // Afterwards

  async onOutboxEvent({ sent, refused }) {
    if (sent && sent.id === this.latest) this.showSent();
    if (refused && refused === this.latest) await this.showRefusal(refused);
  }

  // Others see an entry under the team's name after a minute. Its author should not log it again meanwhile.
  showSent() {
    if (this.isForTeam) this.entryForm.setStatus(this.words.sentForTeam);
    else this.entryForm.setStatus(this.words.sent, " ", createElement("a", { href: "/feed" }, this.words.seeFeed));
  }

  // Whoever has not begun another entry can correct it at once. For others it stays in the list.
  async showRefusal(id) {
    this.entryForm.setStatus();
    const item = (await outbox.items()).find((one) => one.id === id);
    if (item && !item.answer && this.entryForm.isUntouched()) await this.edit(item);
  }

  // Put a refused entry back into the form. What is in the form stays a draft.
  async edit(item) {
    const { entryForm, errors } = this;
    const draft = await this.takeBack(item);
    if (!draft) return;
    entryForm.drafts.lock(draft.id);
    await entryForm.openDraft(draft);
    errors.clearAll();
    const field = errors.fieldPlace(item.field) ? item.field : "";
    if (!field) entryForm.form.elements.text.focus();
    errors.show(field, item.why || this.words.tooLarge);
  }

  // Send the same content under a new id.
  async sendAsNew(item) {
    const draft = await this.takeBack(item);
    if (draft) await this.storeItem(draft);
  }

  // Turn a refused item into a draft, with a new id where its own is taken. Return null where another tab was faster.
  async takeBack(item) {
    const draft = { ...draftFromItem(item), ...(item.status === CLASH && { id: createId() }) };
    const isTaken = await outbox.takeBack(item.id, (stores) => moveToDraft(stores, item, draft));
    return isTaken ? draft : null;
  }

  // What may have arrived keeps its claim, as its author needs it.
  async remove({ id }) {
    await outbox.remove(id, ({ claims }, item) => mayHaveArrived(item) || claims.delete(id));
  }
}

// In one step with storing the item: delete the draft and store the claim.
function finishDraft({ drafts, claims }, { id, claim, text }, owner) {
  drafts.delete(id);
  if (claim) claims.put({ id, claim, text, owner, at: Date.now() });
}

// What somebody has written and chosen.
function contentOf({ about }) {
  return JSON.stringify(about);
}

async function moveToDraft(stores, { id, photos }, draft) {
  stores.drafts.put(draft);
  if (draft.id === id) return;
  const records = await readPhotos(stores, id, photos);
  writePhotos(stores, id, []);
  writePhotos(stores, draft.id, records);
}
