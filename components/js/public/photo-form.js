// The photo on the thanks page: shrink it and send it without leaving the page. Without this module, the browser
// posts the form.

import { shrink } from "../lib/shrink-photo.js";

const TIMEOUT = 300_000;

class PhotoForm {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.words);
    this.heading = form.closest("section").querySelector("h2");
    this.button = form.querySelector("button");
    this.status = form.querySelector("[role=status]");
    form.addEventListener("submit", (event) => this.submit(event));
    for (const note of document.querySelectorAll("form[action*='/note']")) note.addEventListener("submit", (event) => this.sendBeforeNote(event));
  }

  // Sending a note leaves the page, so a photo that was chosen is sent first.
  async sendBeforeNote(event) {
    const [file] = this.form.elements.photo.files;
    if (!file) return;
    event.preventDefault();
    if (this.sending) return;
    this.setBusy(true);
    const isStored = await this.send(file).catch(() => false);
    this.setBusy(false);
    if (isStored) event.target.submit();
  }

  async submit(event) {
    event.preventDefault();
    if (this.sending) return;
    this.setBusy(true);
    try {
      await this.send(this.form.elements.photo.files[0]);
    } catch {
      this.form.submit();
    } finally {
      this.setBusy(false);
    }
  }

  async send(file) {
    this.setStatus(this.words.shrinking);
    const photo = await shrink(file);
    this.setStatus(this.words.sending);
    const response = await upload(this.form.dataset.to, photo);
    const data = (await response?.json().catch(() => null)) ?? {};
    const isStored = Boolean(response?.ok && data.photo);
    if (isStored) this.showArrived();
    else this.showError(data.detail ?? this.words.cut);
    return isStored;
  }

  showArrived() {
    this.setStatus(this.words.arrived);
    this.form.reset();
    this.heading.textContent = this.words.yours;
    this.button.textContent = this.words.replace;
  }

  setStatus(sentence) {
    this.form.parentElement.querySelector(".alert")?.remove();
    this.status.textContent = sentence;
  }

  showError(sentence) {
    this.setStatus("");
    const alert = document.createElement("p");
    alert.className = "alert";
    alert.setAttribute("role", "alert");
    alert.textContent = sentence;
    this.form.before(alert);
    alert.scrollIntoView({ block: "nearest" });
  }

  // The button stays enabled, as a disabled one loses the focus.
  setBusy(sending) {
    this.sending = sending;
    this.button.setAttribute("aria-disabled", String(sending));
  }
}

// Return the response, or null where the connection broke.
function upload(url, photo) {
  const type = photo.type.startsWith("image/") ? photo.type : "application/octet-stream";
  const headers = { "Accept-Language": document.documentElement.lang, "Content-Type": type };
  const signal = AbortSignal.timeout?.(TIMEOUT);
  return fetch(url, { method: "PUT", headers, body: photo, signal }).catch(() => null);
}

const form = document.querySelector("form[data-to]");
if (form) new PhotoForm(form);
