// Compare words as app/domain/composed_text.py does: an å can be one character, or an a and a ring above it.

export function folded(text) {
  return text.normalize().toLocaleLowerCase().normalize();
}

// True if the text contains each of these words, in any order.
export function containsWords(text, words) {
  const within = folded(text);
  return folded(words).split(/\s+/).every((word) => within.includes(word));
}

// True if each typed word is the beginning of a word of the text, in any order.
export function beginsWords(text, typed) {
  const within = words(text);
  return words(typed).every((beginning) => within.some((word) => word.startsWith(beginning)));
}

function words(text) {
  return folded(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
