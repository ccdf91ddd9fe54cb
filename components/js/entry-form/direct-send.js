// Where this browser keeps nothing, an entry is sent from the form, and stays there until all of it has arrived.

import { interpolate } from "../lib/interpolate.js";
import { CLASH, deliver, deliverPhoto } from "../outbox/delivery.js";

export class DirectSend {
  constructor(host) {
    Object.assign(this, { host, words: host.words, flaws: host.flaws });
  }

  // Resolves to what there is to say once it has arrived; to nothing where the form says why it has not.
  async send(fresh, draft) {
    const { host, words, flaws } = this;
    const item = this.asBefore(fresh);
    if (item.body.claim && this.warned !== item.id) return this.warn(item);
    host.tell(words.sending);
    const outcome = await deliver(item);
    const photos = outcome.answer ? await this.sendPhotos(item, await this.picturesOf(draft)) : {};
    host.tell();
    if (outcome.status === CLASH) await host.setApart(draft.id);
    if (!outcome.answer) return flaws.tell(outcome.field ?? "", outcome.refused || words.noRoom);
    if (photos.trouble) return flaws.tell("photos", words.photosStay);
    host.drafts.forget(draft.id).catch(() => {});
    return photos.why ? interpolate(words.photoRefused, photos) : words.sent;
  }

  // An answer may have been lost: what says the same is sent as the same, with its moment and its key.
  asBefore(item) {
    const said = JSON.stringify({ ...item.about.draft, photos: 0 });
    if (this.said !== said) Object.assign(this, { said, item, settled: new Set() });
    return this.item;
  }

  // The one key to it would be gone with this page.
  warn({ id }) {
    this.warned = id;
    this.flaws.tell("", this.words.noKey);
  }

  async picturesOf(draft) {
    const { entryId, photos, drafts } = this.host;
    return entryId === draft.id ? photos.pictures : drafts.photos(draft).catch(() => []);
  }

  // { trouble } where some can be tried again, { why } where one was refused.
  async sendPhotos(item, pictures) {
    const said = { why: pictures.length < item.photos ? this.words.photoLost : "" };
    for (const [before, picture] of pictures.entries()) {
      if (this.settled.has(picture)) continue;
      const { answer, trouble, refused } = await deliverPhoto(item, picture, before + 1);
      if (trouble) return { trouble };
      if (!answer) said.why ||= refused || this.words.tooLarge;
      this.settled.add(picture);
    }
    return said;
  }
}
