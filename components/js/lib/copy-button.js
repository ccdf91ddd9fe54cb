// Add a button that copies the text of a field. Where the browser forbids that, the button selects the text.

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

async function copyField(field) {
  if (await copyText(field.value)) return true;
  field.select();
  return document.execCommand("copy"); // works in some browsers that keep the clipboard from this page
}
