// A button that copies what stands in a field. Where the browser lets no page write to the clipboard, it selects it.

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
  return document.execCommand("copy"); // browsers without a clipboard on this page may still allow this
}
