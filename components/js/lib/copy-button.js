// A button that copies what stands in a field. Where the browser lets no page write to the clipboard, it selects it.

import { createButton } from "./dom.js";

export function addCopyButton(field, words) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const press = createButton(words.copy, async () => {
    said.textContent = "";
    said.textContent = (await copy(field)) ? words.copied : "";
  });
  field.after(press, said);
}

// Pages that aren't served securely have no clipboard but by the command of old.
async function copy(field) {
  const written = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  if (written) return true;
  field.select();
  return document.execCommand("copy");
}
