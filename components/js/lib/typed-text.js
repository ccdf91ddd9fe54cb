// Read short texts that people type, paste or scan, as app/domain/characters.py and typed_text.py do.

const LONGEST_TYPED = 500;

const INVISIBLE = /[\p{Cf}\p{Mn}\p{Me}\u115f\u1160\u2800\u3164\uffa0]/u;
const CONTROL = /\p{Cc}/u;
const SPACE = /\s/u;
const DASH = /[\p{Pd}\u2212]/u;
const DIGIT = /\p{Nd}/u;
const AROUND = /[\p{Ps}\p{Pe}\p{Pi}\p{Pf} \-_.,:;*#'"`´·•|/\\<>]/u;

// Return what was typed with ASCII digits, hyphens and spaces, without marks that nobody sees; "" if it is too long.
export function plainText(typed) {
  return typed.length <= LONGEST_TYPED ? [...typed.normalize("NFKC")].map(plain).join("") : "";
}

// True for what stands around or between the parts of a code: brackets, quotes, dots, hyphens, spaces.
export function isAround(character) {
  return AROUND.test(character);
}

// Return what an address leads to: the part behind /q/ or /c/, or else the last one. Other text stays as it is.
export function lastPart(text) {
  const inside = trimmed(text);
  const parts = inside.split("?")[0].split("#")[0].split("/").filter(Boolean);
  if (!isAddress(inside) || !parts.length) return text;
  const marker = parts.slice(0, -1).findLastIndex((part) => /^[qc]$/i.test(part));
  return marker < 0 ? parts.at(-1) : parts[marker + 1];
}

function plain(character) {
  if (INVISIBLE.test(character)) return "";
  if (SPACE.test(character)) return " ";
  if (CONTROL.test(character)) return "";
  if (DASH.test(character)) return "-";
  return DIGIT.test(character) ? String(digitValue(character.codePointAt(0))) : character;
}

// The digits of each script follow one another, from its zero.
function digitValue(code) {
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

function trimmed(text) {
  const characters = [...text];
  const start = characters.findIndex((character) => !isAround(character));
  const end = characters.findLastIndex((character) => !isAround(character)) + 1;
  return start < 0 ? "" : characters.slice(start, end).join("");
}

function isAddress(text) {
  const slash = text.indexOf("/");
  const start = text.slice(0, Math.max(slash, 0));
  return slash >= 0 && (text.includes("//") || isHost(start) || ["", "q", "c"].includes(start.toLowerCase()));
}

function isHost(text) {
  return !text.includes(" ") && (text.includes(".") || text.includes(":"));
}
