// Parse the code on a sticker as app/domain/sticker_codes.py does: five characters of Crockford's base32 and a check
// character.

import { isAround, lastPart, plainText } from "./typed-text.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;
const GENERATOR = 0b100101;
const ALIKE = {
  O: "0", I: "1", L: "1", İ: "1",
  А: "A", В: "B", Е: "E", З: "3", І: "1", Ј: "J", К: "K", М: "M", Н: "H", О: "0", Р: "P",
  С: "C", Т: "T", У: "Y", Х: "X", Ѕ: "S", Ԛ: "Q", Ԝ: "W",
  Α: "A", Β: "B", Ε: "E", Ζ: "Z", Η: "H", Ι: "1", Κ: "K", Μ: "M", Ν: "N", Ο: "0", Ρ: "P",
  Τ: "T", Υ: "Y", Χ: "X", Ϲ: "C",
};

// Return { code } in its canonical spelling, or { error }: "length", "character" or "check". What was typed, pasted or
// scanned may be a sticker's whole address.
export function parseCode(typed) {
  const letters = [...lastPart(plainText(typed)).toUpperCase()].filter((letter) => !isAround(letter));
  const code = letters.map((letter) => ALIKE[letter] ?? letter);
  if (code.length !== LENGTH) return { error: "length" };
  if (code.some((character) => !ALPHABET.includes(character))) return { error: "character" };
  return code[LENGTH - 1] === checkCharacter(code.slice(0, -1)) ? { code: code.join("") } : { error: "check" };
}

// As it is printed: K7M 2QR.
export function formatCode(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

function checkCharacter(body) {
  return ALPHABET[body.reduce((total, character) => double(total ^ ALPHABET.indexOf(character)), 0)];
}

function double(value) {
  return value & 16 ? (value << 1) ^ GENERATOR : value << 1;
}
