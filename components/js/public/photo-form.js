// The photo on the thanks page: made small here, sent without leaving the page. Without this module, the form posts itself.

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
    for (const note of document.querySelectorAll("form[action*='/note']")) note.addEventListener("submit", (event) => this.sendFirst(event));
  }

  // A note that is sent leaves the page: a photo that was chosen goes before it.
  async sendFirst(event) {
    const [file] = this.form.elements.photo.files;
    if (!file) return;
    event.preventDefault();
    if (this.sending) return;
    this.busy(true);
    const arrived = await this.send(file).catch(() => false);
    this.busy(false);
    if (arrived) event.target.submit();
  }

  async submit(event) {
    event.preventDefault();
    if (this.sending) return;
    this.busy(true);
    try {
      await this.send(this.form.elements.photo.files[0]);
    } catch {
      this.form.submit();
    } finally {
      this.busy(false);
    }
  }

  async send(file) {
    this.say(this.words.shrinking);
    const photo = await shrink(file);
    this.say(this.words.sending);
    const answer = await put(this.form.dataset.to, photo);
    const said = (await answer?.json().catch(() => null)) ?? {};
    const arrived = Boolean(answer?.ok && said.photo);
    if (arrived) this.arrived();
    else this.refuse(said.detail ?? this.words.cut);
    return arrived;
  }

  arrived() {
    this.say(this.words.arrived);
    this.form.reset();
    this.heading.textContent = this.words.yours;
    this.button.textContent = this.words.replace;
  }

  say(sentence) {
    this.form.parentElement.querySelector(".alert")?.remove();
    this.status.textContent = sentence;
  }

  refuse(sentence) {
    this.say("");
    const alert = document.createElement("p");
    alert.className = "alert";
    alert.setAttribute("role", "alert");
    alert.textContent = sentence;
    this.form.before(alert);
    alert.scrollIntoView({ block: "nearest" });
  }

  // The button stays enabled: one that isn't loses the focus.
  busy(sending) {
    this.sending = sending;
    this.button.setAttribute("aria-disabled", String(sending));
  }
}

// The answer, or null where the line was cut.
function put(address, photo) {
  const kind = photo.type.startsWith("image/") ? photo.type : "application/octet-stream";
  const headers = { "Accept-Language": document.documentElement.lang, "Content-Type": kind };
  const signal = AbortSignal.timeout?.(TIMEOUT);
  return fetch(address, { method: "PUT", headers, body: photo, signal }).catch(() => null);
}

const form = document.querySelector("form[data-to]");
if (form) new PhotoForm(form);
