// Calling a colleague while one writes: names that begin as what stands behind the last @.

const LIMIT = 5;
const MENTION = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_'’ -]{0,60})$/u;

// Names that fit what is being written before the caret; none where nobody is being called.
export function matchingNames(names, text, caret) {
  const match = MENTION.exec(text.slice(0, caret));
  if (!match) return [];
  const typed = match[1].toLocaleLowerCase();
  const matches = names.filter((name) => name.toLocaleLowerCase().split(/[ -]/).some((_, at, parts) => parts.slice(at).join(" ").startsWith(typed)));
  return matches.some((name) => name.toLocaleLowerCase() === typed) ? [] : matches.slice(0, LIMIT);
}

// The text with this name behind the @, and where the caret stands then.
export function insertMention(name, text, caret) {
  const before = text.slice(0, caret).replace(/@[^@]*$/, `@${name} `);
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}
