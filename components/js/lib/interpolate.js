// Sentences with slots: fill("{count} new", { count: 3 }).

export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}
