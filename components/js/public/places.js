// The list of places: filter it as one types, and show the nearest first. Where the phone is never leaves it. Without
// this module the form asks the server, and the most urgent places stand first.

import { createButton, createElement, setText } from "../lib/dom.js";
import { beginsWords } from "../lib/folded.js";
import { distanceBetween, formatDistance } from "../lib/distance.js";
import { interpolate } from "../lib/interpolate.js";

const TIMEOUT = 15_000;
const MAX_AGE = 60_000;

class PlaceList {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.words);
    this.status = form.querySelector("[role=status]");
    this.list = document.querySelector("ul.list");
    this.field.addEventListener("input", () => this.filter());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    this.addNearestButton();
    if (!this.isPart && this.field.value) this.filter(); // the browser has restored what was typed
  }

  get field() {
    return this.form.elements.q;
  }

  // The server has left out what doesn't match what was typed then.
  get isPart() {
    return !this.list || "part" in this.list.dataset;
  }

  get places() {
    return [...this.list.children];
  }

  // The list follows the field already: the keyboard need not cover it any longer.
  onSubmit(event) {
    if (this.isPart) return;
    event.preventDefault();
    this.field.blur();
  }

  async filter() {
    if (this.isPart && !(await this.loadAll())) return;
    const typed = this.field.value;
    for (const place of this.places) place.hidden = !beginsWords(textOf(place), typed);
    const isEmpty = this.places.every(({ hidden }) => hidden);
    setText(this.status, isEmpty ? interpolate(this.words.none, { words: typed.trim() }) : "");
    this.rememberInAddress(typed.trim());
  }

  // Return false where the whole list can't be had: then the form asks the server, as without this module.
  async loadAll() {
    this.loading ??= fetch(addressWith("")).then((response) => response.text(), () => "");
    const page = new DOMParser().parseFromString(await this.loading, "text/html");
    const whole = page.querySelector("ul.list");
    this.loading = whole && this.loading;
    if (!whole) return false;
    if (!this.isPart) return true;
    if (this.list) this.list.replaceWith(whole);
    else this.form.after(whole);
    this.list = whole;
    this.before = null;
    this.form.querySelector("p > a")?.parentElement.remove();
    if (this.here) this.sort();
    return true;
  }

  // Whoever comes back from a place finds the list as it was.
  rememberInAddress(typed) {
    history.replaceState(history.state, "", addressWith(typed));
  }

  addNearestButton() {
    const hasPositions = this.list?.querySelector("[data-at]");
    if (!hasPositions || !navigator.geolocation || !isSecureContext) return;
    this.nearest = createButton(this.words.nearest, () => this.onNearest());
    this.nearest.setAttribute("aria-pressed", "false");
    this.status.before(createElement("p", {}, this.nearest));
  }

  onNearest() {
    if (this.nearest.getAttribute("aria-disabled") === "true") return;
    if (this.here) this.sortAsBefore();
    else this.ask();
  }

  ask() {
    setText(this.status, this.words.asking);
    this.nearest.setAttribute("aria-disabled", "true");
    const done = (sentence, here) => {
      this.nearest.removeAttribute("aria-disabled");
      setText(this.status, sentence);
      if (here) this.sort(here);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done("", [coords.latitude, coords.longitude]),
      () => done(this.words.unknown),
      { timeout: TIMEOUT, maximumAge: MAX_AGE },
    );
  }

  // Places without a position come last, in the order in which they stood.
  sort(here = this.here) {
    this.here = here;
    this.before ??= this.places;
    const distances = new Map(this.places.map((place) => [place, distanceTo(place, here)]));
    for (const [place, distance] of distances) showDistance(place, distance);
    this.list.append(...this.places.sort((one, other) => distances.get(one) - distances.get(other) || 0));
    this.nearest?.setAttribute("aria-pressed", "true");
  }

  sortAsBefore() {
    for (const place of this.places) showDistance(place, Infinity);
    this.list.append(...this.before);
    this.here = this.before = null;
    this.nearest.setAttribute("aria-pressed", "false");
  }
}

function textOf(place) {
  return `${place.querySelector(".name").textContent} ${place.querySelector(".quiet").textContent}`;
}

function distanceTo(place, here) {
  const there = place.dataset.at?.split(",").map(Number);
  return there ? distanceBetween(here, there) : Infinity;
}

function showDistance(place, distance) {
  place.querySelector("[data-distance]")?.remove();
  if (distance === Infinity) return;
  const words = createElement("span", { className: "quiet" }, formatDistance(distance));
  words.dataset.distance = "";
  place.querySelector(".name").after(words);
}

function addressWith(typed) {
  const query = new URLSearchParams(location.search);
  query.delete("q");
  if (typed) query.set("q", typed);
  const text = String(query);
  return location.pathname + (text && `?${text}`);
}

const form = document.querySelector("form.find");
if (form) new PlaceList(form);
