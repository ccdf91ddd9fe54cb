// Send an entry from the form where this browser stores nothing. It stays in the form until all of it has arrived.

import { interpolate } from "../lib/interpolate.js";
import { CLASH, deliver, deliverPhoto } from "../outbox/delivery.js";

export class DirectSend {
  constructor(entryForm) {
    Object.assign(this, { entryForm, words: entryForm.words, errors: entryForm.errors });
  }

  // Resolve to a message once it has arrived, or to nothing where the form shows an error.
  async send(newItem, draft) {
    const { entryForm, words, errors } = this;
    const item = this.reuseItem(newItem);
    if (item.body.claim && this.warnedFor !== item.id) return this.warnOfLostClaim(item);
    entryForm.setStatus(words.sending);
    const outcome = await deliver(item);
    const photos = outcome.answer ? await this.sendPhotos(item, await this.photosOf(draft)) : {};
    entryForm.setStatus();
    if (outcome.status === CLASH) await entryForm.keepAsNewEntry(draft.id);
    if (!outcome.answer) return errors.show(outcome.field ?? "", outcome.refused || words.noRoom);
    if (photos.trouble) return errors.show("photos", words.photosStay);
    entryForm.drafts.delete(draft.id).catch(() => {});
    return photos.why ? interpolate(words.photoRefused, photos) : words.sent;
  }

  // An answer may have been lost: unchanged content is sent again with the same id, time and claim.
  reuseItem(item) {
    const content = JSON.stringify({ ...item.about.draft, photos: 0 });
    if (this.content !== content) Object.assign(this, { content, item, handled: new Set() });
    return this.item;
  }

  // Without storage, the only claim would be lost with this page.
  warnOfLostClaim({ id }) {
    this.warnedFor = id;
    this.errors.show("", this.words.noKey);
  }

  async photosOf(draft) {
    const { entryId, photos, drafts } = this.entryForm;
    return entryId === draft.id ? photos.records : drafts.photos(draft).catch(() => []);
  }

  // Return { trouble } where some photos can be tried again, { why } where one was refused.
  async sendPhotos(item, records) {
    const outcome = { why: records.length < item.photos ? this.words.photoLost : "" };
    for (const [index, record] of records.entries()) {
      if (this.handled.has(record)) continue;
      const { answer, trouble, refused } = await deliverPhoto(item, record, index + 1);
      if (trouble) return { trouble };
      if (!answer) outcome.why ||= refused || this.words.tooLarge;
      this.handled.add(record);
    }
    return outcome;
  }
}
