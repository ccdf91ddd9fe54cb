// The buttons of a sticker's page: a report is stored in the outbox, so that it can't be lost, then sent, and the
// thanks page is opened. Where the browser stores nothing, and before this module has loaded, the browser posts the
// form itself.

import { createButton, createElement, createIcon, createPhoto } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { thumbnail } from "../lib/shrink-photo.js";
import { thanksUrl } from "../lib/urls.js";
import { ownReportId, rememberAsset, rememberPhoto, rememberReport } from "../outbox/device-memory.js";
import { reportItem } from "../outbox/report-item.js";
import { takeBack } from "../outbox/taking-back.js";

const TIMEOUT = 4_000;
const VISIT_LENGTH = 600_000;
const UNDO_OFFERED = 60_000;

export class ReportForm {
  // `assetName` is what the report is about; `photo()` resolves to the chosen photo, already shrunk, or null.
  constructor(form, outbox, words, { assetName = heading(), isStamped = true, photo = () => null } = {}) {
    Object.assign(this, { form, outbox, words, assetName, photo });
    this.code = form.dataset.report;
    this.id = form.elements.id.value;
    this.stamp = isStamped ? { value: this.id, at: Date.now() } : {};
    this.used = new Map();
    this.cleared = new Set();
    this.answered = new Set();
    form.addEventListener("click", ({ target }) => (this.button = target.closest("button")));
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", (event) => this.onPageShow(event));
    document.addEventListener("visibilitychange", () => this.onVisible());
    outbox.subscribe((event) => this.onOutboxEvent(event));
  }

  submit(event) {
    const button = event.submitter ?? this.button; // Safari before 15.4 has no submitter
    if (this.isSubmitting || !button?.value) return;
    event.preventDefault();
    if (!this.sending) this.report(button);
  }

  async report(button) {
    this.sending = true;
    const label = button.firstElementChild;
    const labelText = label.textContent;
    label.textContent = this.words.sending;
    const isLeaving = await this.storeAndSend(button, labelText);
    label.textContent = labelText;
    this.sending = isLeaving; // the next page is opening: a second tap would be one too many
  }

  async storeAndSend(button, labelText) {
    const photo = await this.photo();
    const item = this.nextItem(button);
    const stored = await this.storeItem(item, photo);
    if (!stored) return this.submitForm(button);
    rememberReport(item);
    if (photo && stored === "all") rememberPhoto(item.id, await thumbnail(photo));
    this.used.set(item.id, Date.now());
    const outcome = await this.waitForOutcome(item.id);
    if (outcome.sent) return this.goTo(thanksUrl(this.code, item.id));
    if (!outcome.refused) this.clearFields(item.id, stored);
    this.show(item, labelText, stored, { photo: stored === "all" && photo, refused: outcome.refused });
    return false;
  }

  // A button is a new report when note or photo have changed since it was used, or when its report has been answered.
  nextItem(button) {
    const content = this.fieldContent();
    if (this.used.size && this.content !== content) this.useNewId();
    this.content = content;
    const item = this.itemFor(button);
    if (!this.answered.has(item.id)) return item;
    this.useNewId();
    return this.itemFor(button);
  }

  // Everything that is sent along with a button.
  fieldContent() {
    return JSON.stringify([this.form.elements.note?.value.trim() ?? "", this.form.elements.photo?.value]);
  }

  itemFor(button) {
    const [problem, fine] = [button.value, button.name === "fine"];
    const note = this.form.elements.note?.value.trim() ?? "";
    const again = this.form.elements.again?.value || ownReportId(this.code, problem);
    const subject = this.form.elements.subject?.value;
    const { id, code, stamp, assetName } = this;
    return reportItem({ id, code, problem, fine, note, again, subject, stamp, assetName, language: document.documentElement.lang });
  }

  // Return "all" if it is stored, "no photo" if there was no room for the photo, else a falsy value.
  async storeItem(item, photo) {
    try {
      await this.outbox.put(item, photo);
      return "all";
    } catch {
      return photo && (await this.storeItem(item, null)) && "no photo";
    }
  }

  // Resolve to the outbox's event about this item, or after the timeout to what is known of it.
  waitForOutcome(id) {
    return new Promise((resolve) => {
      const unsubscribe = this.outbox.subscribe((event) => {
        if (event.sent?.id === id || event.refused === id || event.stopped) settle(event);
      });
      const timer = setTimeout(async () => settle({ sent: !(await this.isInOutbox(id)) }), TIMEOUT);
      const settle = (event) => {
        clearTimeout(timer);
        unsubscribe();
        resolve(event);
      };
      this.outbox.flush({ now: true });
    });
  }

  async isInOutbox(id) {
    const items = await this.outbox.items().catch(() => null);
    return !items || items.some((item) => item.id === id);
  }

  // In a new task: within the submit event that was cancelled, browsers ignore another submit.
  async submitForm(button) {
    await new Promise((resolve) => setTimeout(resolve));
    this.form.elements.id.value = this.id;
    this.isSubmitting = true;
    if (this.form.requestSubmit) this.form.requestSubmit(button);
    else {
      this.form.append(createElement("input", { type: "hidden", name: button.name, value: button.value }));
      this.form.submit();
    }
    return true;
  }

  // What is stored need not stay in the fields. The same button still means the same report.
  clearFields(id, stored) {
    const { note, photo } = this.form.elements;
    if (note?.value || photo?.value) this.cleared.add(id);
    if (note) note.value = "";
    if (photo?.value && stored === "all") {
      photo.value = "";
      photo.dispatchEvent(new Event("change"));
    }
    if (note && !photo?.value) note.closest("details")?.removeAttribute("open");
    this.content = this.fieldContent();
  }

  show(item, labelText, stored, { photo, refused }) {
    const { words } = this;
    this.statusBlock?.remove();
    this.statusBlock = createElement("section", { className: "state calm", tabIndex: -1 },
      createElement("p", { className: "word" }, createIcon(words.icons[refused ? "notice" : "clock"]), refused ? words.declined : words.kept),
      createElement("p", {}, createElement("bdi", {}, item.about.thing), ` · ${labelText}`),
      !refused && this.help(item),
      !refused && item.body.note && createElement("p", {}, createElement("q", {}, createElement("bdi", {}, item.body.note))),
      !refused && photo && createElement("p", { className: "photos" }, createPhoto(photo, { alt: words.photo, width: 96, height: 96 })),
      createElement("p", {}, refused ? words.seeBelow : sendingHint(words)),
      stored === "no photo" && createElement("p", {}, words.noRoom),
      !refused && this.undoButton(item, labelText),
    );
    this.statusBlock.setAttribute("role", "status");
    this.statusBlock.dataset.kept = item.id;
    this.form.before(this.statusBlock);
    this.statusBlock.focus({ preventScroll: true });
    this.statusBlock.scrollIntoView({ block: "center" });
  }

  // Offered for a minute, like that of the thanks page.
  undoButton(item, labelText) {
    const button = createButton(this.words.undo, () => this.undo(item, labelText));
    setTimeout(() => button.remove(), UNDO_OFFERED);
    return button;
  }

  // The same button then means another report.
  async undo({ id, about: { code, thing } }, labelText) {
    this.answered.add(id);
    delete this.statusBlock.dataset.kept;
    const { words } = this;
    const isQueued = await takeBack(this.outbox, { id, code, thing, what: words.undo });
    this.statusBlock.replaceChildren(
      createElement("p", { className: "word" }, createIcon(words.icons.clock), words.undone),
      createElement("p", {}, createElement("bdi", {}, thing), ` · ${labelText}`),
      isQueued && createElement("p", {}, sendingHint(words)),
    );
    this.statusBlock.focus({ preventScroll: true });
    if (isQueued) this.outbox.flush({ now: true });
  }

  // Who has just reported something dangerous is told at once whom to call.
  help({ body: { problem, fine } }) {
    const card = !fine && this.words.problems[problem]?.urgent && document.querySelector(".help");
    return card && createElement("p", {}, ...[...card.childNodes].map((node) => node.cloneNode(true)));
  }

  onOutboxEvent({ sent, refused }) {
    const id = sent?.id ?? refused;
    // The same button may send a refused report again, unless its note was cleared from the fields.
    if (this.used.has(id) && (sent || this.cleared.has(id))) this.answered.add(id);
    if (sent && this.statusBlock?.dataset.kept === id) this.showArrived(id, sent.answer);
  }

  showArrived(id, { held }) {
    const { words } = this;
    this.statusBlock.className = held ? "state calm" : "state fine";
    this.statusBlock.replaceChildren(
      createElement("p", { className: "word" }, createIcon(held ? words.icons.clock : words.icons.fine), held ? words.held : words.sent),
      createElement("p", {}, createElement("a", { href: thanksUrl(this.code, id) }, words.next)),
    );
  }

  // The same button during one visit is the same report. On a later visit it is another one.
  onPageShow({ persisted }) {
    if (!persisted) return;
    this.sending = false;
    if (this.used.size) this.useNewId();
  }

  onVisible() {
    const last = Math.max(...this.used.values());
    if (!document.hidden && this.used.size && Date.now() - last > VISIT_LENGTH) this.useNewId();
  }

  // The outbox fetches a stamp for the new id.
  useNewId() {
    this.id = createId();
    this.stamp = {};
    this.used.clear();
    this.answered.clear();
  }

  goTo(address) {
    location.assign(address);
    return true;
  }
}

// Remember what this page offers, for when there is no network.
export function rememberPage(form) {
  const buttons = [...form.querySelectorAll("button[value]")].map(({ value, name }) => [value, name === "fine"]);
  rememberAsset({ code: form.dataset.report, name: heading(), buttons });
}

// Few browsers send in the background. The others send while a page is open.
function sendingHint(words) {
  return globalThis.SyncManager ? words.later : `${words.later} ${words.stay}`;
}

function heading() {
  return document.querySelector("h1").textContent.trim();
}
