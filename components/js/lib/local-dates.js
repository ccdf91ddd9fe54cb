// Days and times in Sweden, wherever the device is: what somebody reads is what they type.

const ZONE = "Europe/Stockholm";
const DAY = 86_400_000;

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

// Return a formatter of days and times in Sweden.
export function dateFormat(language, options) {
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options });
}

// "2026-12-31T23:30", as a datetime-local field has it.
export function toLocal(moment) {
  const { year, month, day, hour, minute } = Object.fromEntries(
    PARTS.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]),
  );
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

// Return the moment of what was typed into such a field. Of an hour that comes twice it is the first; an hour that the
// clocks skip is counted on from the one before.
export function fromLocal(text) {
  const asUtc = new Date(`${text}Z`).getTime();
  const offsets = [offsetAt(asUtc - DAY), offsetAt(asUtc + DAY)];
  const offset = offsets.find((offset) => offsetAt(asUtc - offset) === offset) ?? offsets[0];
  return new Date(asUtc - offset);
}

// Return the days from one local day to another: 1 from yesterday to today.
export function daysBetween(earlier, later) {
  return dayNumber(later) - dayNumber(earlier);
}

function dayNumber(moment) {
  return Math.round(new Date(`${toLocal(moment).slice(0, 10)}T00:00Z`) / DAY);
}

function offsetAt(moment) {
  return Number.isNaN(moment) ? 0 : new Date(`${toLocal(moment)}Z`) - Math.floor(moment / 60_000) * 60_000;
}
