// Where it was: chosen from the list, which can be put in order by how near places are, or told by a sticker.

import { interpolate } from "../lib/interpolate.js";
import { canScan, scan } from "../lib/qr-scanner.js";
import { parseCode } from "../lib/sticker-code.js";

const CODES = "/offline/places.json";
const TIMEOUT = 4_000;
const LOCATING = { timeout: 15_000, maximumAge: 120_000, enableHighAccuracy: false };
const EARTH = 6_371_000;

export class EntryPlace {
  // `changed` is told when a place was found so.
  constructor(form, words, changed) {
    Object.assign(this, { form, words, changed });
    this.field = form.elements.site_id;
    this.note = form.querySelector("[data-place-note]");
    this.typed = form.querySelector("#entry-code");
    this.press("[data-nearest]", () => this.sortByDistance());
    this.press("[data-by-code]", () => this.take(this.typed.value));
    this.press("[data-scan]", (event) => this.scan(event.currentTarget)).hidden = !canScan();
    this.typed.addEventListener("keydown", (event) => this.takeOnEnter(event));
    form.querySelector("[data-nearest]").hidden = !navigator.geolocation || !this.placed().length;
  }

  press(selector, act) {
    const pressed = this.form.querySelector(selector);
    pressed.addEventListener("click", act);
    return pressed;
  }

  placed() {
    return [...this.field.options].filter(({ dataset }) => dataset.at);
  }

  // Nearest first

  sortByDistance() {
    this.say(this.words.locating);
    navigator.geolocation.getCurrentPosition(({ coords }) => this.sort(coords), () => this.say(this.words.notLocated), LOCATING);
  }

  sort({ latitude, longitude }) {
    const [none] = this.field.options;
    const known = this.placed().map((option) => [distance([latitude, longitude], option.dataset.at.split(",")), option]);
    known.sort(([one], [other]) => one - other);
    for (const [metres, option] of known) option.label = `${option.text}, ${this.worded(metres)}`;
    none.after(...known.map(([, option]) => option));
    const [[metres, nearest]] = known;
    this.choose(nearest.value, interpolate(this.words.nearest, { place: nearest.text, distance: this.worded(metres) }));
  }

  worded(metres) {
    const [value, unit] = metres < 950 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
    const style = { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 };
    return new Intl.NumberFormat(document.documentElement.lang, style).format(value);
  }

  // By a sticker

  async scan(pressed) {
    const found = await scan(this.words).catch(() => null);
    pressed.focus();
    if (found === null) this.say(this.words.noCamera);
    else if (found) await this.take(found);
  }

  takeOnEnter(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.take(this.typed.value);
  }

  // The code alone, or the sticker's whole address.
  async take(typed) {
    const { code } = parseCode(typed.trim().split("?")[0].replace(/\/$/, "").split("/").pop());
    if (!code) return this.say(this.words.notACode);
    const codes = await placesByCode();
    const place = codes?.[code];
    const option = place && [...this.field.options].find(({ value }) => value === place);
    if (!option) return this.say(codes ? this.words.unknownCode : this.words.noCodes);
    this.typed.value = "";
    this.choose(place, interpolate(this.words.found, { place: option.text }));
  }

  choose(id, sentence) {
    this.field.value = id;
    this.say(sentence);
    this.changed();
  }

  say(sentence) {
    this.note.textContent = sentence;
  }
}

// Which place a sticker belongs to, as the server says, or as it said when it could be reached last.
async function placesByCode() {
  const asked = fetch(CODES, { signal: AbortSignal.timeout(TIMEOUT) });
  const answer = await asked.then((response) => (response.ok ? response : null)).catch(() => null);
  const known = answer ?? (await globalThis.caches?.match(CODES).catch(() => null));
  return (await known?.json().catch(() => null))?.codes ?? null;
}

// In metres, along the earth.
function distance([latitude, longitude], [otherLatitude, otherLongitude]) {
  const [here, there] = [latitude, otherLatitude].map(radians);
  const across = radians(longitude - otherLongitude) * Math.cos((here + there) / 2);
  return EARTH * Math.hypot(here - there, across);
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
