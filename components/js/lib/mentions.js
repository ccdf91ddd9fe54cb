// Calling a colleague while one writes: names that begin as what stands behind the last @.

const MOST = 5;
const BEGUN = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_'’ -]{0,60})$/u;

// Names that fit what is being written before the caret; none where nobody is being called.
export function matchingNames(names, text, caret) {
  const begun = BEGUN.exec(text.slice(0, caret));
  if (!begun) return [];
  const letters = begun[1].toLocaleLowerCase();
  const fits = names.filter((name) => name.toLocaleLowerCase().split(/[ -]/).some((_, at, parts) => parts.slice(at).join(" ").startsWith(letters)));
  return fits.some((name) => name.toLocaleLowerCase() === letters) ? [] : fits.slice(0, MOST);
}

// The text with this name behind the @, and where the caret stands then.
export function insertMention(name, text, caret) {
  const before = text.slice(0, caret).replace(/@[^@]*$/, `@${name} `);
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}
