// Format times in the page's language. Days and hours are those of Sweden.

import { dateFormat, daysBetween } from "./local-dates.js";

const UNITS = [["hour", 3600], ["minute", 60]];
const SPAN_UNITS = [["day", 86400], ...UNITS];
const RECENT = 7 * 86400;

// Creating a formatter takes longer than using it a hundred times, and a feed has hundreds of rows.
const LANGUAGE = document.documentElement.lang || "sv";
const RELATIVE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });
const SPANS = Object.fromEntries(SPAN_UNITS.map(([unit]) => [unit, new Intl.NumberFormat(LANGUAGE, { style: "unit", unit })]));
const EXACT = dateFormat(LANGUAGE, { dateStyle: "full", timeStyle: "short" });
const MEDIUM = dateFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
const DATE = dateFormat(LANGUAGE, { dateStyle: "medium" });
const DAY = dateFormat(LANGUAGE, { weekday: "long", day: "numeric", month: "long" });
const CLOCK = dateFormat(LANGUAGE, { timeStyle: "short" });

// From a day on, calendar days count: what was two nights ago was not yesterday.
export function ago(iso, now, justNow) {
  const seconds = (now - new Date(iso)) / 1000;
  if (seconds < 60) return justNow;
  if (seconds > RECENT) return DAY.format(new Date(iso));
  if (seconds >= 86400) return RELATIVE.format(-daysBetween(new Date(iso), now), "day");
  const [unit, size] = UNITS.find(([, size]) => seconds >= size);
  return RELATIVE.format(-Math.floor(seconds / size), unit);
}

// "40 min", for rows with little room.
export function age(iso, now, justNow) {
  const seconds = (now - new Date(iso)) / 1000;
  if (seconds < 60 || seconds > RECENT) return ago(iso, now, justNow);
  const [unit, size] = SPAN_UNITS.find(([, size]) => seconds >= size);
  return SPANS[unit].format(Math.floor(seconds / size));
}

export function exactTime(iso) {
  return EXACT.format(new Date(iso));
}

// Like `ago`, but with the year for what is more than a week old.
export function agoOrDate(iso, now, justNow) {
  return (now - new Date(iso)) / 1000 > RECENT ? DATE.format(new Date(iso)) : ago(iso, now, justNow);
}

// Format a date without a time, "2026-05-04".
export function formatDate(iso) {
  return DATE.format(new Date(`${iso}T12:00Z`));
}

// "yesterday 14:30", "2 Jan 2026, 08:30"
export function dayAndTime(iso, now) {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  return days > 1 || days < 0 ? MEDIUM.format(date) : `${RELATIVE.format(-days, "day")} ${CLOCK.format(date)}`;
}

export function dayName(iso, now, labels) {
  const date = new Date(iso);
  return [labels.today, labels.yesterday][daysBetween(date, now)] ?? DAY.format(date);
}
