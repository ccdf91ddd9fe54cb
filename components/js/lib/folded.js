// Compare words as app/domain/composed_text.py does: an å can be one character, or an a and a ring above it.

export function folded(text) {
  return text.normalize().toLocaleLowerCase().normalize();
}

// True if the text contains each of these words, in any order.
export function containsWords(text, words) {
  const within = folded(text);
  return folded(words).split(/\s+/).every((word) => within.includes(word));
}
