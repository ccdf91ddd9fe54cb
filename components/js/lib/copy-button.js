// Copy the text of a field, and add a button that does so.

import { copyText, createButton } from "./dom.js";

export function addCopyButton(field, words) {
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const copyButton = createButton(words.copy, async () => {
    status.textContent = "";
    status.textContent = (await copyField(field)) ? words.copied : "";
  });
  field.after(copyButton, status);
}

// Return whether the text was copied. If it was not, it is selected.
export async function copyField(field) {
  if (await copyText(field.value)) return true;
  field.select();
  return document.execCommand("copy"); // works in some browsers that keep the clipboard from this page
}
