// Fill in the placeholders of a sentence: interpolate("{count} new", { count: 3 }).

export function interpolate(words, values) {
  return words.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}
