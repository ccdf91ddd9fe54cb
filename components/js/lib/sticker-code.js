// Parse the code on a sticker as app/domain/sticker_codes.py does: five characters of Crockford's base32 and a check
// character.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;
const GENERATOR = 0b100101;
const LOOKALIKES = { O: "0", I: "1", L: "1", "-": "", " ": "" };

// Return { code } in its canonical spelling, or { error }: "length", "character" or "check".
export function parseCode(typed) {
  const code = typed.trim().toUpperCase().replace(/[OIL\- ]/g, (character) => LOOKALIKES[character]);
  if (code.length !== LENGTH) return { error: "length" };
  if ([...code].some((character) => !ALPHABET.includes(character))) return { error: "character" };
  return code.endsWith(checkCharacter(code.slice(0, -1))) ? { code } : { error: "check" };
}

// Return the code in what was typed or scanned, which may be a sticker's whole address.
export function codeFrom(text) {
  return text.trim().split("?")[0].replace(/\/$/, "").split("/").pop();
}

// As it is printed: K7M 2QR.
export function formatCode(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

function checkCharacter(body) {
  return ALPHABET[[...body].reduce((total, character) => double(total ^ ALPHABET.indexOf(character)), 0)];
}

function double(value) {
  return value & 16 ? (value << 1) ^ GENERATOR : value << 1;
}
