// Up to four photos of an entry: made small, then kept with its draft.

import { createButton, createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { shrink } from "../lib/shrink-photo.js";
import { MOST_PHOTOS } from "../outbox/photos.js";

const LARGEST = 15 * 2 ** 20;
const SIDE = 96;

export class EntryPhotos {
  // `ready()` waits for the draft that they belong to, `keep(pictures)` puts them away, `changed` is told when there are others, `flaw` what is wrong, or ''.
  constructor(form, words, { ready, keep, changed, flaw }) {
    Object.assign(this, { words, ready, keep, changed, flaw, pictures: [], pending: 0 });
    this.list = form.querySelector("[data-photos]");
    this.field = form.querySelector("[data-photo]");
    this.label = this.field.closest("label");
    this.busy = Promise.resolve();
    this.field.addEventListener("change", () => this.choose());
    if (this.field.files.length) this.choose(); // by who was quicker than this module
  }

  choose() {
    const files = [...this.field.files];
    this.field.value = "";
    this.add(files);
  }

  // One at a time: a phone has little memory. Whoever saves meanwhile waits for it.
  add(files) {
    this.flaw("");
    return this.queue(async () => {
      for (const file of files) await this.addOne(file).catch(() => this.flaw(this.words.noRoomForPhoto));
    });
  }

  queue(work) {
    this.pending += 1;
    this.busy = this.busy.then(work).finally(() => (this.pending -= 1));
    return this.busy;
  }

  // Once each photo is where it was chosen for: what takes the form's place in the same breath gets none of them.
  async settled() {
    while (this.pending) await this.busy;
  }

  // After those that are being made small. What is chosen during `work` comes after it.
  hold(work) {
    const done = this.busy.then(work);
    this.busy = done.catch(() => {});
    return done;
  }

  async addOne(file) {
    await this.ready();
    if (this.pictures.length >= MOST_PHOTOS) return this.flaw(interpolate(this.words.tooManyPhotos, { count: MOST_PHOTOS }));
    const small = await shrink(file);
    if (small.size > LARGEST) return this.flaw(this.words.photoTooLarge);
    const picture = { type: small.type, bytes: await new Response(small).arrayBuffer() };
    await this.put([...this.pictures, picture]);
  }

  async remove(picture) {
    this.flaw("");
    await this.queue(() => this.put(this.pictures.filter((one) => one !== picture)).catch(() => {}));
    this.field.focus();
  }

  async put(pictures) {
    await this.keep(pictures);
    this.show(pictures);
    this.changed();
  }

  show(pictures) {
    this.pictures = pictures;
    this.list.replaceChildren(...pictures.map((picture, place) => this.item(picture, place + 1)));
    this.list.hidden = !pictures.length;
    this.label.hidden = pictures.length >= MOST_PHOTOS;
  }

  item(picture, place) {
    const sight = createElement("canvas", { width: SIDE, height: SIDE });
    sight.setAttribute("role", "img");
    sight.setAttribute("aria-label", interpolate(this.words.photoNumber, { number: place }));
    draw(sight, picture).catch(() => sight.replaceWith(createElement("span", { className: "entry-unseen" }, this.words.photoUnseen)));
    const remove = createButton("×", () => this.remove(picture), "press entry-remove");
    remove.setAttribute("aria-label", interpolate(this.words.removePhoto, { number: place }));
    return createElement("li", {}, sight, remove);
  }
}

// The middle of it, as a square.
export async function draw(canvas, { bytes, type }) {
  const picture = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
}
