// How long ago something was, in the page's language.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const RECENT = 7 * 86400;

const language = () => document.documentElement.lang || "sv";

export function ago(iso, now, justNow) {
  const seconds = (now - new Date(iso)) / 1000;
  if (seconds < 60) return justNow;
  if (seconds > RECENT) return day(iso);
  const [unit, size] = UNITS.find(([, size]) => seconds >= size);
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}

export function exactly(iso) {
  return new Date(iso).toLocaleString(language(), { dateStyle: "full", timeStyle: "short" });
}

export function day(iso) {
  return new Date(iso).toLocaleDateString(language(), { weekday: "long", day: "numeric", month: "long" });
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString(language(), { timeStyle: "short" });
}

export function dayName(iso, now, labels) {
  const date = new Date(iso);
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return labels.today;
  if (date.toDateString() === yesterday.toDateString()) return labels.yesterday;
  return day(iso);
}
