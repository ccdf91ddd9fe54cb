// Up to four photos of an entry: shrunk, then stored with its draft.

import { createButton, createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { shrink } from "../lib/shrink-photo.js";
import { MOST_PHOTOS, toRecord } from "../outbox/photos.js";

const MAX_BYTES = 15 * 2 ** 20;
const THUMBNAIL_SIDE = 96;

export class EntryPhotos {
  // `ready()` waits for the draft, `savePhotos(records)` stores the photos, `onChange` is called after a change and
  // `showError` with a message or ''.
  constructor(form, words, { ready, savePhotos, onChange, showError }) {
    Object.assign(this, { words, ready, savePhotos, onChange, showError, records: [], pending: 0 });
    this.list = form.querySelector("[data-photos]");
    this.field = form.querySelector("[data-photo]");
    this.label = this.field.closest("label");
    this.busy = Promise.resolve();
    this.field.addEventListener("change", () => this.choose());
    if (this.field.files.length) this.choose(); // chosen before this module loaded
  }

  choose() {
    const files = [...this.field.files];
    this.field.value = "";
    this.add(files);
  }

  // One at a time, as a phone has little memory. Saving waits for it.
  add(files) {
    this.showError("");
    return this.queue(async () => {
      for (const file of files) await this.addOne(file).catch(() => this.showError(this.words.noRoomForPhoto));
    });
  }

  queue(work) {
    this.pending += 1;
    this.busy = this.busy.then(work).finally(() => (this.pending -= 1));
    return this.busy;
  }

  // Wait until each photo is stored with the entry for which it was chosen. What replaces that entry right after gets
  // none of them.
  async waitUntilIdle() {
    while (this.pending) await this.busy;
  }

  // Run `work` after the photos that are being shrunk. Photos chosen during `work` come after it.
  afterPending(work) {
    const done = this.busy.then(work);
    this.busy = done.catch(() => {});
    return done;
  }

  async addOne(file) {
    await this.ready();
    if (this.records.length >= MOST_PHOTOS) return this.showError(interpolate(this.words.tooManyPhotos, { count: MOST_PHOTOS }));
    const shrunk = await shrink(file);
    if (shrunk.size > MAX_BYTES) return this.showError(this.words.photoTooLarge);
    await this.put([...this.records, await toRecord(shrunk)]);
  }

  async remove(record) {
    this.showError("");
    await this.queue(() => this.put(this.records.filter((one) => one !== record)).catch(() => {}));
    this.field.focus();
  }

  async put(records) {
    await this.savePhotos(records);
    this.show(records);
    this.onChange();
  }

  show(records) {
    this.records = records;
    this.list.replaceChildren(...records.map((record, index) => this.item(record, index + 1)));
    this.list.hidden = !records.length;
    this.label.hidden = records.length >= MOST_PHOTOS;
  }

  item(record, number) {
    const canvas = createElement("canvas", { width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", interpolate(this.words.photoNumber, { number }));
    drawSquare(canvas, record).catch(() => canvas.replaceWith(createElement("span", { className: "entry-unseen" }, this.words.photoUnseen)));
    const remove = createButton("×", () => this.remove(record), "press entry-remove");
    remove.setAttribute("aria-label", interpolate(this.words.removePhoto, { number }));
    return createElement("li", {}, canvas, remove);
  }
}

// Draw the middle of the photo as a square.
export async function drawSquare(canvas, { bytes, type }) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
  const side = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  canvas.getContext("2d").drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}
