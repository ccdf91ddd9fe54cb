// Complete the name of a colleague behind an @ while somebody writes.

import { folded } from "./folded.js";

const LIMIT = 5;
const MENTION = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_'’ -]{0,60})$/u;

// Return the names that match what stands between the last @ and the caret; none where no mention has been begun.
export function matchingNames(names, text, caret) {
  const match = MENTION.exec(text.slice(0, caret).normalize());
  if (!match) return [];
  const typed = folded(match[1]);
  const matches = names.filter((name) => folded(name).split(/[ -]/).some((_, at, parts) => parts.slice(at).join(" ").startsWith(typed)));
  return matches.some((name) => folded(name) === typed) ? [] : matches.slice(0, LIMIT);
}

// Return the text with this name behind the @, and the new position of the caret.
export function insertMention(name, text, caret) {
  const before = text.slice(0, caret).replace(/@[^@]*$/, `@${name} `);
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}
