// The buttons of a sticker's page: a tap goes into the outbox first, so that it can't be lost, and then on to the thanks page. Where
// the browser keeps nothing, and before this module has loaded, the form posts itself.

import { createElement, createIcon } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { thanksUrl } from "../lib/urls.js";
import { ownReportId, rememberAsset, rememberReport } from "../outbox/device-memory.js";
import { reportItem } from "../outbox/report-item.js";

const TIMEOUT = 4_000;
const ANOTHER_VISIT = 600_000;

export class ReportForm {
  // `thing` is what it is called; `photo()` gives the photo that was chosen, made small.
  constructor(form, outbox, words, { thing = heading(), stamped = true, photo = () => null } = {}) {
    Object.assign(this, { form, outbox, words, thing, photo });
    this.code = form.dataset.report;
    this.id = form.elements.id.value;
    this.stamp = stamped ? { value: this.id, at: Date.now() } : {};
    this.used = new Map();
    this.cleared = new Set();
    this.settled = new Set();
    form.addEventListener("click", ({ target }) => (this.pressed = target.closest("button")));
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", (event) => this.comeBack(event));
    document.addEventListener("visibilitychange", () => this.lookAgain());
    outbox.subscribe((news) => this.hear(news));
  }

  submit(event) {
    const pressed = event.submitter ?? this.pressed; // Safari before 15.4 doesn't tell which
    const isTrapped = this.form.elements.website?.value;
    if (this.posts || isTrapped || !pressed?.value) return;
    event.preventDefault();
    if (!this.sending) this.report(pressed);
  }

  async report(pressed) {
    this.sending = true;
    const label = pressed.firstElementChild;
    const said = label.textContent;
    label.textContent = this.words.sending;
    const isGoing = await this.keepAndSend(pressed, said);
    label.textContent = said;
    this.sending = isGoing; // on to another page: a second tap would be one too many
  }

  async keepAndSend(pressed, said) {
    const photo = await this.photo();
    const item = this.item(pressed);
    const kept = await this.keep(item, photo);
    if (!kept) return this.postPlainly(pressed);
    rememberReport(item);
    this.used.set(item.id, Date.now());
    const outcome = await this.outcome(item.id);
    if (outcome.sent) return this.goTo(thanksUrl(this.code, item.id));
    if (!outcome.refused) this.clear(item.id, kept);
    this.show(item, said, kept, { photo: kept === "all" && photo, refused: outcome.refused });
    return false;
  }

  // Where another note or photo comes with a button that was used, or what it sent has been answered, it is another report.
  item(pressed) {
    const content = this.written();
    if (this.used.size && this.content !== content) this.anew();
    this.content = content;
    const item = this.reportBy(pressed);
    if (!this.settled.has(item.id)) return item;
    this.anew();
    return this.reportBy(pressed);
  }

  // What comes with a button.
  written() {
    return JSON.stringify([this.form.elements.note?.value.trim() ?? "", this.form.elements.photo?.value]);
  }

  reportBy(pressed) {
    const [problem, fine] = [pressed.value, pressed.name === "fine"];
    const note = this.form.elements.note?.value.trim() ?? "";
    const again = this.form.elements.again?.value || ownReportId(this.code, problem);
    const { id, code, stamp, thing } = this;
    return reportItem({ id, code, problem, fine, note, again, stamp, thing, language: document.documentElement.lang });
  }

  // Whether it is kept: "all", "no photo" where there's no room for that, or ''.
  async keep(item, photo) {
    try {
      await this.outbox.put(item, photo);
      return "all";
    } catch {
      return photo && (await this.keep(item, null)) && "no photo";
    }
  }

  // What becomes of it, as far as one wants to wait for that.
  outcome(id) {
    return new Promise((resolve) => {
      const leave = this.outbox.subscribe((news) => {
        if (news.sent?.id === id || news.refused === id || news.stopped) settle(news);
      });
      const timer = setTimeout(async () => settle({ sent: !(await this.isKept(id)) }), TIMEOUT);
      const settle = (news) => {
        clearTimeout(timer);
        leave();
        resolve(news);
      };
      this.outbox.flush({ now: true });
    });
  }

  async isKept(id) {
    const items = await this.outbox.items().catch(() => null);
    return !items || items.some((item) => item.id === id);
  }

  // In a task of its own: within the submit event that was stopped, another submit is ignored.
  async postPlainly(pressed) {
    await new Promise((resolve) => setTimeout(resolve));
    this.form.elements.id.value = this.id;
    this.posts = true;
    if (this.form.requestSubmit) this.form.requestSubmit(pressed);
    else {
      this.form.append(createElement("input", { type: "hidden", name: pressed.name, value: pressed.value }));
      this.form.submit();
    }
    return true;
  }

  // What is kept needs not stand in the fields any longer: with the same button it is still the same report.
  clear(id, kept) {
    const { note, photo } = this.form.elements;
    if (note?.value || photo?.value) this.cleared.add(id);
    if (note) note.value = "";
    if (photo?.value && kept === "all") {
      photo.value = "";
      photo.dispatchEvent(new Event("change"));
    }
    if (note && !photo?.value) note.closest("details")?.removeAttribute("open");
    this.content = this.written();
  }

  show(item, said, kept, { photo, refused }) {
    const { words } = this;
    this.block?.remove();
    this.block = createElement("section", { className: "state calm", tabIndex: -1 },
      createElement("p", { className: "word" }, createIcon(words.icons[refused ? "notice" : "clock"]), refused ? words.declined : words.kept),
      createElement("p", {}, createElement("bdi", {}, item.about.thing), ` · ${said}`),
      !refused && item.body.note && createElement("p", {}, createElement("q", {}, createElement("bdi", {}, item.body.note))),
      !refused && photo && createElement("p", { className: "photos" }, this.picture(photo)),
      createElement("p", {}, refused ? words.seeBelow : later(words)),
      kept === "no photo" && createElement("p", {}, words.noRoom),
    );
    this.block.setAttribute("role", "status");
    this.block.dataset.kept = item.id;
    this.form.before(this.block);
    this.block.focus({ preventScroll: true });
    this.block.scrollIntoView({ block: "center" });
  }

  picture(photo) {
    const picture = createElement("img", { src: URL.createObjectURL(photo), alt: this.words.photo, width: 96, height: 96 });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    return picture;
  }

  hear({ sent, refused }) {
    const id = sent?.id ?? refused;
    // What was refused may be sent again by the same button, unless that would take its words away.
    if (this.used.has(id) && (sent || this.cleared.has(id))) this.settled.add(id);
    if (sent && this.block?.dataset.kept === id) this.thank(id);
  }

  thank(id) {
    const { words } = this;
    this.block.className = "state fine";
    this.block.replaceChildren(
      createElement("p", { className: "word" }, createIcon(words.icons.fine), words.sent),
      createElement("p", {}, createElement("a", { href: thanksUrl(this.code, id) }, words.next)),
    );
  }

  // The same button of the same visit is the same report; on a later visit, it is another one.
  comeBack({ persisted }) {
    if (!persisted) return;
    this.sending = false;
    if (this.used.size) this.anew();
  }

  lookAgain() {
    const last = Math.max(...this.used.values());
    if (!document.hidden && this.used.size && Date.now() - last > ANOTHER_VISIT) this.anew();
  }

  // An id that has not been used; the outbox gets it a stamp.
  anew() {
    this.id = createId();
    this.stamp = {};
    this.used.clear();
    this.settled.clear();
  }

  goTo(address) {
    location.assign(address);
    return true;
  }
}

// Take note of what this page offers, for when it can't be had.
export function rememberPage(form) {
  const buttons = [...form.querySelectorAll("button[value]")].map(({ value, name }) => [value, name === "fine"]);
  rememberAsset({ code: form.dataset.report, name: heading(), buttons });
}

// Few browsers send in the background: the others do it while a page is open.
function later(words) {
  return globalThis.SyncManager ? words.later : `${words.later} ${words.stay}`;
}

function heading() {
  return document.querySelector("h1").textContent.trim();
}
