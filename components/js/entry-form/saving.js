// Saving an entry, and what becomes of it.

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
  constructor(host) {
    Object.assign(this, { host, words: host.words, flaws: host.flaws, atOnce: new DirectSend(host) });
    outbox.subscribe((news) => this.hear(news));
  }

  async save(event) {
    event.preventDefault();
    if (this.isSaving) return;
    this.isSaving = true;
    try {
      await this.host.ready; // only then it is known who writes
      if (this.host.me) await this.saveNow();
    } finally {
      this.isSaving = false;
    }
  }

  async saveNow() {
    const { host, words, flaws } = this;
    flaws.clear();
    if (host.partners.field.value.trim()) host.partners.add();
    const [count, { limit }] = [host.fields.count(), words];
    if (!count) return flaws.tell("text", words.empty);
    if (count > limit) return flaws.tell("text", interpolate(words.tooLong, { length: count, limit }));
    if (host.fields.lacksDay()) return flaws.tell("happened_at", words.chooseDay);
    await host.photos.hold(() => this.put(this.claimed(host.read())));
  }

  claimed(draft) {
    const isTeams = draft.kind === "obstacle" && draft.team && this.host.me.team;
    return { ...draft, claim: isTeams ? draft.claim ?? createClaim() : undefined };
  }

  // It is safe once the outbox has it. Where that can't be, it is sent from here, and stays in the form until it has arrived.
  async put(draft) {
    const item = entryItem(draft, this.host.me.person, document.documentElement.lang);
    const also = (stores) => settleIn(stores, draft, item.person);
    try {
      if (!(await outbox.put(item, null, { also, isSame: (kept) => said(kept) === said(item) }))) return this.putApart(draft);
    } catch {
      const told = await this.atOnce.send(item, draft);
      return told && this.saved(draft, told);
    }
    this.saved(draft, this.words.kept);
    outbox.flush({ now: true });
  }

  // Other words have set out under its id: it becomes an entry of its own.
  async putApart(draft) {
    await this.host.setApart(draft.id);
    await this.put({ ...draft, id: this.host.entryId, claim: draft.claim && createClaim() });
  }

  saved(draft, words) {
    const { host } = this;
    Object.assign(this, { latest: draft.id, isVeiled: Boolean(draft.claim) });
    const last = draft.claim ? host.last : this.toRemember(draft);
    host.drafts.rememberLast(last).catch(() => {});
    const now = host.form.elements.text.value;
    if (host.entryId === draft.id) host.next(last, now.startsWith(draft.text) ? now.slice(draft.text.length) : now);
    host.tell(words);
  }

  // What stands under the team's name leaves nothing behind: what one writes next would tell, beside it, who wrote it. An obstacle
  // is no habit, and that residents may read is decided each time anew.
  toRemember({ kind, site_id, roots, obstacle_kind, audience, partners }) {
    const { last, partners: { used: before } } = this.host;
    const used = [...new Set([...partners, ...before])].slice(0, PARTNERS_REMEMBERED);
    const usual = { kind: kind === "obstacle" ? last.kind : kind, audience: audience === "public" ? "staff" : audience };
    return { ...usual, site_id, roots, obstacle_kind, used, at: Date.now() };
  }

  // What becomes of it

  async hear({ sent, refused }) {
    if (sent && sent.id === this.latest) this.tellThatItIsSent();
    if (refused && refused === this.latest) await this.hearRefusal(refused);
  }

  // What stands under the team's name is told once its minute is over, and nobody should log it again meanwhile.
  tellThatItIsSent() {
    if (this.isVeiled) this.host.tell(this.words.sentForTeam);
    else this.host.tell(this.words.sent, " ", createElement("a", { href: "/feed" }, this.words.seeFeed));
  }

  // Whoever has not gone on writing mends it at once; for others it stands in the list.
  async hearRefusal(id) {
    this.host.tell();
    const item = (await outbox.items()).find((one) => one.id === id);
    if (item && !item.answer && this.host.isUntouched()) await this.edit(item);
  }

  // What was refused comes back into the form; what is in the form waits for its turn.
  async edit(item) {
    const { host, flaws } = this;
    const draft = await this.takeBack(item);
    if (!draft) return;
    host.drafts.hold(draft.id);
    await host.bring(draft);
    flaws.clear();
    const field = flaws.at(item.field) ? item.field : "";
    if (!field) host.form.elements.text.focus();
    flaws.tell(field, item.why || this.words.tooLarge);
  }

  // The same under an id of its own.
  async anew(item) {
    const draft = await this.takeBack(item);
    if (draft) await this.put(draft);
  }

  // As a draft again; nothing where another tab has it already. Where its id is another entry's, it gets one of its own.
  async takeBack(item) {
    const draft = { ...draftFromItem(item), ...(item.status === CLASH && { id: createId() }) };
    const isTaken = await outbox.takeBack(item.id, (stores) => move(stores, item, draft));
    return isTaken ? draft : null;
  }

  // Of what may have arrived, its author needs the key.
  async remove({ id }) {
    await outbox.remove(id, ({ claims }, item) => mayHaveArrived(item) || claims.delete(id));
  }
}

// With the item: its draft has done its duty, and the key to what nobody else may change is kept.
function settleIn({ drafts, claims }, { id, claim, text }, owner) {
  drafts.delete(id);
  if (claim) claims.put({ id, claim, text, owner, at: Date.now() });
}

// What somebody has written and chosen.
function said({ about }) {
  return JSON.stringify(about);
}

async function move(stores, { id, photos }, draft) {
  stores.drafts.put(draft);
  if (draft.id === id) return;
  const pictures = await readPhotos(stores, id, photos);
  writePhotos(stores, id, []);
  writePhotos(stores, draft.id, pictures);
}
