// The site of an entry: chosen from a list that can be sorted by distance, or by a sticker's code.

import { interpolate } from "../lib/interpolate.js";
import { canScan, scan } from "../lib/qr-scanner.js";
import { parseCode } from "../lib/sticker-code.js";

const CODES = "/offline/places.json";
const TIMEOUT = 4_000;
const LOCATING = { timeout: 15_000, maximumAge: 120_000, enableHighAccuracy: false };
const EARTH_RADIUS = 6_371_000;

export class EntryPlace {
  // `onChange` is called when a site was chosen by distance or code.
  constructor(form, words, onChange) {
    Object.assign(this, { form, words, onChange });
    this.field = form.elements.site_id;
    this.status = form.querySelector("[data-place-note]");
    this.typed = form.querySelector("#entry-code");
    this.onClick("[data-nearest]", () => this.sortByDistance());
    this.onClick("[data-by-code]", () => this.chooseByCode(this.typed.value));
    this.onClick("[data-scan]", (event) => this.scan(event.currentTarget)).hidden = !canScan();
    this.typed.addEventListener("keydown", (event) => this.onKeydown(event));
    form.querySelector("[data-nearest]").hidden = !navigator.geolocation || !this.withPosition().length;
  }

  onClick(selector, listener) {
    const button = this.form.querySelector(selector);
    button.addEventListener("click", listener);
    return button;
  }

  withPosition() {
    return [...this.field.options].filter(({ dataset }) => dataset.at);
  }

  // Nearest first

  sortByDistance() {
    this.setStatus(this.words.locating);
    navigator.geolocation.getCurrentPosition(({ coords }) => this.sort(coords), () => this.setStatus(this.words.notLocated), LOCATING);
  }

  sort({ latitude, longitude }) {
    const [none] = this.field.options;
    const known = this.withPosition().map((option) => [distance([latitude, longitude], option.dataset.at.split(",")), option]);
    known.sort(([one], [other]) => one - other);
    for (const [metres, option] of known) option.label = `${option.text}, ${this.formatDistance(metres)}`;
    none.after(...known.map(([, option]) => option));
    const [[metres, nearest]] = known;
    this.choose(nearest.value, interpolate(this.words.nearest, { place: nearest.text, distance: this.formatDistance(metres) }));
  }

  formatDistance(metres) {
    const [value, unit] = metres < 950 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
    const style = { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 };
    return new Intl.NumberFormat(document.documentElement.lang, style).format(value);
  }

  // By a sticker

  async scan(button) {
    const found = await scan(this.words).catch(() => null);
    button.focus();
    if (found === null) this.setStatus(this.words.noCamera);
    else if (found) await this.chooseByCode(found);
  }

  onKeydown(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.chooseByCode(this.typed.value);
  }

  // `typed` is a code or a sticker's whole address.
  async chooseByCode(typed) {
    const { code } = parseCode(typed);
    if (!code) return this.setStatus(this.words.notACode);
    const codes = await fetchSitesByCode();
    const place = codes?.[code];
    const option = place && [...this.field.options].find(({ value }) => value === place);
    if (!option) return this.setStatus(codes ? this.words.unknownCode : this.words.noCodes);
    this.typed.value = "";
    this.choose(place, interpolate(this.words.found, { place: option.text }));
  }

  choose(id, sentence) {
    this.field.value = id;
    this.setStatus(sentence);
    this.onChange();
  }

  setStatus(sentence) {
    this.status.textContent = sentence;
  }
}

// Return the site ids by code from the server, or from the cache where it can't be reached.
async function fetchSitesByCode() {
  const request = fetch(CODES, { signal: AbortSignal.timeout(TIMEOUT) });
  const response = await request.then((response) => (response.ok ? response : null)).catch(() => null);
  const known = response ?? (await globalThis.caches?.match(CODES).catch(() => null));
  return (await known?.json().catch(() => null))?.codes ?? null;
}

// Return the distance in metres on the earth's surface.
function distance([latitude, longitude], [otherLatitude, otherLongitude]) {
  const [here, there] = [latitude, otherLatitude].map(radians);
  const across = radians(longitude - otherLongitude) * Math.cos((here + there) / 2);
  return EARTH_RADIUS * Math.hypot(here - there, across);
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
