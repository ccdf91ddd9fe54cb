// The page that stands in for any other one while there is no network. A sticker's takes the report all the same.

import { createButton, createElement } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { shrink } from "../lib/shrink-photo.js";
import { formatCode, parseCode } from "../lib/sticker-code.js";
import { dayAndTime } from "../lib/time.js";
import { stickerUrl } from "../lib/urls.js";
import { knownAsset } from "../outbox/device-memory.js";
import { ReportForm } from "./report-form.js";

const LOOK_EVERY = 5_000;

export class OfflinePage {
  constructor(place, outbox, words) {
    Object.assign(this, { place, outbox, words });
    const typed = typedCode();
    const { code, error } = typed ? parseCode(typed) : {};
    this.form = place.querySelector("form[data-report]");
    if (code) this.takeReport(code);
    this.part(code ? "report" : error ?? "other").hidden = false;
    if (!code) this.part("code").hidden = false;
    const field = document.getElementById("code");
    if (error) field.value = typed;
    this.offerLanguages();
    this.sayWhatIsAway();
    this.offerLog();
    this.watch();
  }

  part(name) {
    return this.place.querySelector(`[data-part="${name}"]`);
  }

  // The report

  takeReport(code) {
    const known = knownAsset(code);
    const name = known?.name ?? interpolate(this.words.sticker, { code: formatCode(code) });
    this.form.dataset.report = code;
    this.form.action = stickerUrl(code);
    this.form.elements.id.value = createId();
    this.place.querySelector("[data-thing]").textContent = name;
    if (known) this.offer(known);
    this.form.elements.photo.addEventListener("change", ({ target }) => this.choosePhoto(target.files[0]));
    new ReportForm(this.form, this.outbox, this.words, { thing: name, stamped: false, photo: () => this.photo });
  }

  // What its own page offered when it was last seen; how it is now, nobody knows.
  offer({ code, at, buttons }) {
    const isFine = new Set(buttons.filter(([, fine]) => fine).map(([problem]) => problem));
    const label = ([problem, fine]) => this.labelOf(problem, fine, isFine);
    const offered = buttons.filter(([problem]) => this.words.problems[problem]);
    if (!offered.length) return;
    this.form.querySelector("[data-buttons]").replaceChildren(...offered.map((one) => choice(one, label(one))));
    this.form.querySelector("[data-more]").remove();
    const time = dayAndTime(at, Date.now());
    const states = [...isFine].map((problem) => this.words.problems[problem].state).join(", ");
    const before = interpolate(this.words.before, { time, state: states || this.words.nothing });
    this.place.querySelector("[data-before]").textContent = `${interpolate(this.words.sticker, { code: formatCode(code) })} · ${before}`;
  }

  labelOf(problem, fine, isFine) {
    const words = this.words.problems[problem];
    return fine ? this.words.fine : isFine.has(problem) ? words.still : words.button;
  }

  // It is made small at once, so that a tap need not wait for it.
  choosePhoto(file) {
    this.photo = file && shrink(file);
  }

  // The network

  watch() {
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.clock = setInterval(() => this.look(), LOOK_EVERY);
    this.place.querySelector("[data-try]").addEventListener("click", () => location.reload());
  }

  // A page on which somebody reports is not taken away from under their thumb.
  async look() {
    this.answer ??= fetch("/healthz", { cache: "no-store" }).then((response) => response.json());
    const answer = await this.answer.catch(() => null);
    this.answer = null;
    if (!answer?.status) return this.sayWhatIsAway();
    clearInterval(this.clock);
    this.outbox.flush({ now: true });
    if (location.pathname === "/offline") return;
    if (!this.form.dataset.report) return location.reload();
    this.sayThatItIsBack();
  }

  // A phone without any network knows that; with one, it may be Haren that doesn't answer.
  sayWhatIsAway() {
    this.say(navigator.onLine ? this.words.away : this.words.noNetwork);
  }

  sayThatItIsBack() {
    this.say(this.words.back);
    for (const part of this.place.querySelectorAll("[data-away]")) part.hidden = true;
    const back = this.place.querySelector("[data-back]");
    if (back.hidden) back.append(createButton(this.words.openPage, () => location.reload()));
    back.hidden = false;
  }

  // A screen reader would read aloud again what is only put there again.
  say(sentence) {
    const heading = this.place.querySelector("h1");
    if (heading.textContent !== sentence) heading.textContent = sentence;
  }

  // On a phone of staff, which keeps it.
  async offerLog() {
    if (!(await globalThis.caches?.match("/kept-log"))) return;
    this.part("other").after(createElement("p", {}, createElement("a", { className: "press main", href: "/log" }, this.words.openLog)));
  }

  // Only the languages that this phone has can be switched to.
  async offerLanguages() {
    const links = [...document.querySelectorAll("nav a[lang]")];
    const kept = await Promise.all(links.map(({ lang }) => globalThis.caches?.match(`/offline?lang=${lang}`)));
    links.filter((link, place) => !kept[place]).forEach((link) => link.remove());
    if (!document.querySelector("nav details ~ a ~ a ~ a")) document.querySelector("nav details")?.remove();
  }
}

// The code in the address: /q/K7M2QR, /Q/k7m2qr, or what was typed into the field for it, the sticker's whole address perhaps.
function typedCode() {
  const [, code] = location.pathname.match(/^\/q(?:\/([^/]+))?\/?$/i) ?? [];
  if (code) return readable(code);
  const typed = new URLSearchParams(location.search).get("code") ?? "";
  return typed.trim().split("?")[0].replace(/\/$/, "").split("/").pop();
}

function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function choice([problem, fine], words) {
  const name = fine ? "fine" : "problem";
  return createElement("button", { className: "press problem", name, value: problem }, createElement("span", {}, words));
}
