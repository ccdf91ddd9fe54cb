// "Your reports": what this phone has reported, and what became of each. The phone has the list and the state that it
// saw last; the server is asked for the states by the reports' ids.

import { createButton, createElement, createIcon, setText } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { dayAndTime } from "../lib/time.js";
import { stickerUrl, thanksUrl } from "../lib/urls.js";
import { forgetReports, ownPhoto, ownReports, rememberStates } from "../outbox/device-memory.js";
import { outbox } from "../outbox/page-outbox.js";

const ADDRESS = "/api/v1/reports/states";
const TIMEOUT = 10_000;

class OwnReports {
  constructor(element) {
    this.element = element;
    this.words = JSON.parse(element.dataset.words);
    this.list = element.querySelector("ul");
    this.status = element.querySelector("[role=status]");
    this.forgetting = element.querySelector("[data-forget]");
    element.querySelector("[data-without]").remove();
    this.forgetButton = this.forgetting.firstElementChild;
    this.forgetButton.addEventListener("click", () => this.askToForget());
    outbox.subscribe(({ sent }) => sent && this.refresh());
    addEventListener("online", () => this.refresh());
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
    this.refresh();
  }

  async refresh() {
    await this.show();
    const ids = ownReports().map(({ id }) => id);
    const states = ids.length ? await fetchStates(ids) : [];
    if (states) rememberStates(ids, states);
    if (states) await this.show();
  }

  async show() {
    const unsent = new Set((await outbox.items().catch(() => [])).map(({ id }) => id));
    const reports = withoutRepeats(ownReports());
    this.list.replaceChildren(...reports.map((report) => this.row(report, unsent.has(report.id))));
    this.element.querySelector("[data-empty]").hidden = reports.length > 0;
    this.forgetting.hidden = !reports.length;
  }

  row(report, isUnsent) {
    const { words } = this;
    const { id, code, thing, at, seen } = report;
    const photo = ownPhoto(id);
    const name = seen?.asset ?? thing ?? code;
    const what = [seen?.site, seen?.problem, report.fine && words.fine, dayAndTime(at, Date.now())];
    const number = seen?.case_number && createElement("span", { className: "quiet" }, ...around(words.number, "number", seen.case_number));
    const link = createElement("a", { href: isUnsent || seen?.gone ? stickerUrl(code) : thanksUrl(code, id) },
      photo && createElement("img", { src: photo, alt: words.photo, width: 72, height: 72, className: "own" }),
      createElement("span", { className: "name" }, createElement("bdi", {}, name)),
      createElement("span", { className: "quiet" }, what.filter(Boolean).join(" · ")),
      ...this.state(seen, isUnsent),
      number,
    );
    return createElement("li", {}, link);
  }

  state(seen, isUnsent) {
    const { words } = this;
    if (isUnsent) return [this.badge("calm", words.unsent)];
    if (!seen) return [createElement("span", {}, words.unknown)];
    if (seen.gone) return [createElement("span", {}, words.gone)];
    const isOld = Date.now() - seen.checked > 60_000 && interpolate(words.asOf, { time: dayAndTime(seen.checked, Date.now()) });
    const next = createElement("span", { className: "next" }, seen.next);
    return [this.badge(seen.tone, seen.words), next, isOld && createElement("span", { className: "quiet" }, isOld)];
  }

  badge(tone, label) {
    const { icons } = this.words;
    return createElement("span", { className: `badge ${tone}` }, createIcon(icons[tone] ?? icons.clock), label);
  }

  // Other phones and the server are not asked: the list is this phone's.
  askToForget() {
    const { words } = this;
    const keep = createButton(words.keep, () => this.showForgetButton());
    this.forgetting.replaceChildren(createElement("strong", {}, words.sure), createElement("br"), createButton(words.forget, () => this.forget()), keep);
    keep.focus();
  }

  showForgetButton() {
    this.forgetting.replaceChildren(this.forgetButton);
    this.forgetButton.focus();
  }

  async forget() {
    forgetReports();
    this.forgetting.replaceChildren(this.forgetButton);
    await this.show();
    setText(this.status, "");
    document.querySelector("h1").tabIndex = -1;
    document.querySelector("h1").focus();
  }
}

// One card for a case: the newest report stands for the others.
function withoutRepeats(reports) {
  const known = new Set();
  return reports.filter(({ seen }) => {
    const number = seen?.case_number;
    if (!number || !known.has(number)) return known.add(number ?? "");
    return false;
  });
}

// A number with hyphens keeps its direction between Arabic words.
function around(text, slot, value) {
  const [before, after] = text.split(`{${slot}}`);
  return [before, createElement("bdi", { dir: "ltr" }, value), after];
}

// Return null where the server can't be reached.
async function fetchStates(ids) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  try {
    const response = await fetch(ADDRESS, { method: "POST", headers, body: JSON.stringify({ ids }), signal: controller.signal });
    return response.ok ? (await response.json()).reports : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const element = document.querySelector("[data-own-reports]");
if (element) new OwnReports(element);
