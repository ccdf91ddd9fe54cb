// The note and the photo on the thanks page: shrink the photo and send both without leaving the page. Without this
// module, the browser posts the form. Either way, the answer is the page as it is then.

import { addDrawings, createElement } from "../lib/dom.js";
import { shrink, thumbnail } from "../lib/shrink-photo.js";
import { upload } from "../lib/upload.js";
import { ownPhoto, rememberPhoto } from "../outbox/device-memory.js";

class AdditionsForm {
  constructor(section) {
    this.section = section;
    this.form = section.querySelector("form");
    this.words = JSON.parse(this.form.dataset.words);
    this.status = this.form.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.showPhoto();
  }

  // Only the phone that took the photo shows it: people may share the address of this page.
  showPhoto() {
    const url = ownPhoto(this.section.dataset.additions);
    const place = this.section.querySelector("[data-photo]");
    if (url && place) place.append(createElement("img", { src: url, alt: this.words.photo, width: 96, height: 96, className: "own" }));
  }

  async submit(event) {
    event.preventDefault();
    if (this.sending) return;
    this.setBusy(true);
    try {
      await this.send(await this.content());
    } catch {
      this.form.submit();
    } finally {
      this.setBusy(false);
    }
  }

  async content() {
    const content = new FormData(this.form);
    const [file] = this.photo.files;
    if (!file) return content;
    this.setStatus(this.words.shrinking);
    const photo = await shrink(file);
    content.set("photo", photo, "photo");
    this.thumbnail = await thumbnail(photo);
    return content;
  }

  get photo() {
    return this.form.elements.photo;
  }

  async send(body) {
    this.setStatus(this.words.sending);
    const headers = { "Accept-Language": document.documentElement.lang };
    const response = await upload(this.form.action, { method: "POST", headers, body }).catch(() => null);
    const page = response && new DOMParser().parseFromString(response.text, "text/html");
    const section = page?.querySelector("[data-additions]");
    if (section) addDrawings(page);
    if (section) this.showAnswer(section, [...page.querySelectorAll("[role=alert]")]);
    else this.showErrors([page?.querySelector("[role=alert]") ?? createError(this.words.cut)]);
  }

  // A photo that was declined stays chosen, as people may have to try again.
  showAnswer(section, errors) {
    if (section.dataset.declined) section.querySelector("[type=file]").replaceWith(this.photo);
    else if (this.photo.files.length) rememberPhoto(section.dataset.additions, this.thumbnail);
    this.section.replaceWith(section);
    const next = new AdditionsForm(section);
    if (errors.length) next.showErrors(errors);
    else next.setStatus(next.words.arrived);
    if (!errors.length) next.status.focus();
  }

  showErrors(errors) {
    this.setStatus("");
    this.form.prepend(...errors);
    errors[0].scrollIntoView({ block: "nearest" });
  }

  setStatus(sentence) {
    for (const error of document.querySelectorAll("main [role=alert]")) error.remove();
    this.status.textContent = sentence;
  }

  // The button stays enabled, as a disabled one loses the focus.
  setBusy(sending) {
    this.sending = sending;
    this.form.querySelector("button").setAttribute("aria-disabled", String(sending));
  }
}

function createError(sentence) {
  const error = createElement("p", { className: "alert" }, sentence);
  error.setAttribute("role", "alert");
  return error;
}

const section = document.querySelector("[data-additions]");
if (section) new AdditionsForm(section);
