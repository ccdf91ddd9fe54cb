// The page that stands in for any other while there is no network. For a sticker's address, it takes the report.

import { createButton, createElement, setText } from "../lib/dom.js";
import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { shrink } from "../lib/shrink-photo.js";
import { formatCode, parseCode } from "../lib/sticker-code.js";
import { lastPart } from "../lib/typed-text.js";
import { dayAndTime } from "../lib/time.js";
import { stickerUrl } from "../lib/urls.js";
import { knownAsset } from "../outbox/device-memory.js";
import { ReportForm } from "./report-form.js";
import { ServerWatch } from "./server-watch.js";

export class OfflinePage {
  constructor(element, outbox, words) {
    Object.assign(this, { element, outbox, words });
    const typed = typedCode();
    const { code, error } = typed ? parseCode(typed) : {};
    this.form = element.querySelector("form[data-report]");
    if (code) this.startReport(code);
    if (code) this.showStaffCases(code).catch(() => {});
    this.part(code ? "report" : error ?? "other").hidden = false;
    if (!code) this.part("code").hidden = false;
    const field = document.getElementById("code");
    if (error) field.value = lastPart(typed);
    this.removeUncachedLanguages();
    this.showOffline();
    this.linkToLog();
    new ServerWatch(() => this.onServerAnswer(), () => this.showOffline());
    element.querySelector("[data-try]").addEventListener("click", () => location.reload());
  }

  part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }

  // The report

  startReport(code) {
    const asset = knownAsset(code);
    const name = asset?.name ?? interpolate(this.words.sticker, { code: formatCode(code) });
    this.form.dataset.report = code;
    this.form.action = stickerUrl(code);
    this.form.elements.id.value = createId();
    this.element.querySelector("[data-thing]").textContent = name;
    if (asset) this.showAsset(asset);
    this.form.elements.photo.addEventListener("change", ({ target }) => this.setPhoto(target.files[0]));
    new ReportForm(this.form, this.outbox, this.words, { assetName: name, isStamped: false, photo: () => this.photo });
  }

  // The module is only on staff's phones, so it is not among those that every phone keeps.
  async showStaffCases(code) {
    if (!(await globalThis.caches?.match("/kept-log"))) return;
    const { showKeptCases } = await import(new URL("../cases/kept-on-sticker.js", import.meta.url));
    await showKeptCases(code, this.part("report"));
  }

  // Offer what the sticker's page offered when it was last seen. The present state is not known.
  showAsset({ code, at, buttons }) {
    const fineProblems = new Set(buttons.filter(([, fine]) => fine).map(([problem]) => problem));
    const label = ([problem, fine]) => this.buttonLabel(problem, fine, fineProblems);
    const problems = buttons.filter(([problem]) => this.words.problems[problem]);
    if (!problems.length) return;
    this.form.querySelector("[data-buttons]").replaceChildren(...problems.map((one) => problemButton(one, label(one))));
    this.form.querySelector("[data-more]").remove();
    const time = dayAndTime(at, Date.now());
    const states = [...fineProblems].map((problem) => this.words.problems[problem].state).join(", ");
    const before = interpolate(this.words.before, { time, state: states || this.words.nothing });
    this.element.querySelector("[data-before]").textContent = `${interpolate(this.words.sticker, { code: formatCode(code) })} · ${before}`;
  }

  buttonLabel(problem, fine, fineProblems) {
    const words = this.words.problems[problem];
    return fine ? this.words.fine : fineProblems.has(problem) ? words.still : words.button;
  }

  // Shrunk at once, so that a tap on a button need not wait for it.
  setPhoto(file) {
    this.photo = file && shrink(file);
  }

  // The network

  // A page with a report form is not reloaded, as somebody may be about to press a button.
  onServerAnswer() {
    this.outbox.flush({ now: true });
    if (location.pathname === "/offline") return;
    if (!this.form.dataset.report) return location.reload();
    this.showBackOnline();
  }

  // A device without any network knows that. With one, it may be Haren that doesn't answer.
  showOffline() {
    this.setHeading(navigator.onLine ? this.words.away : this.words.noNetwork);
  }

  showBackOnline() {
    this.setHeading(this.words.back);
    for (const part of this.element.querySelectorAll("[data-away]")) part.hidden = true;
    const back = this.element.querySelector("[data-back]");
    if (back.hidden) back.append(createButton(this.words.openPage, () => location.reload()));
    back.hidden = false;
  }

  setHeading(sentence) {
    setText(this.element.querySelector("h1"), sentence);
  }

  // On staff's phones, which have the log in their cache.
  async linkToLog() {
    if (!(await globalThis.caches?.match("/kept-log"))) return;
    this.part("other").after(createElement("p", {}, createElement("a", { className: "press main", href: "/log" }, this.words.openLog)));
  }

  // Only cached languages can be chosen.
  async removeUncachedLanguages() {
    const links = [...document.querySelectorAll("nav a[lang]")];
    const cached = await Promise.all(links.map(({ lang }) => globalThis.caches?.match(`/offline?lang=${lang}`)));
    links.filter((link, index) => !cached[index]).forEach((link) => link.remove());
    if (!document.querySelector("nav details ~ a ~ a ~ a")) document.querySelector("nav details")?.remove();
  }
}

// Return the code in the address (/q/K7M2QR, /Q/k7m2qr), or in what was typed into the field for it.
function typedCode() {
  const [, code] = location.pathname.match(/^\/q(?:\/([^/]+))?\/?$/i) ?? [];
  if (code) return decode(code);
  return new URLSearchParams(location.search).get("code") ?? "";
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function problemButton([problem, fine], words) {
  const name = fine ? "fine" : "problem";
  return createElement("button", { className: "press problem", name, value: problem }, createElement("span", {}, words));
}
