// Create elements, buttons, photos and icons.

const SVG = "http://www.w3.org/2000/svg";

// createElement("p", { className: "quiet" }, "words", another): children that are null or '' are left out.
export function createElement(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((part) => part || part === 0));
  return element;
}

export function createButton(label, onClick, className = "press") {
  const element = createElement("button", { type: "button", className }, label);
  element.addEventListener("click", onClick);
  return element;
}

// A screen reader reads an unchanged text aloud again when it is set again.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// An image of a blob. `properties` are those of the <img>.
export function createPhoto(blob, properties) {
  const image = createElement("img", { src: URL.createObjectURL(blob), ...properties });
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  return image;
}

// Copy text to the clipboard. Return false where the browser forbids it, as it does on pages that are not served
// securely.
export async function copyText(text) {
  return Boolean(await navigator.clipboard?.writeText(text).then(() => true, () => false));
}

// A button that copies what `getText()` returns. Where copying is forbidden, a field with the selected text takes its
// place. `words` is { copy, copied }.
export function createCopyButton(getText, words) {
  const button = createButton(words.copy, async () => {
    const value = getText();
    if (await copyText(value)) return void (button.textContent = words.copied);
    const field = createElement("textarea", { readOnly: true, value });
    field.setAttribute("aria-label", words.copy);
    button.replaceWith(field);
    field.select();
  });
  return button;
}

// An icon from its path data. It is hidden from screen readers, as a word stands beside it.
export function createIcon(d) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

// Add the drawings of icons that a part of a fetched page uses and this page has not drawn yet.
export function addDrawings(page) {
  const sheet = document.querySelector("svg.sheet");
  for (const drawing of page.querySelectorAll("svg.sheet symbol")) if (!document.getElementById(drawing.id)) sheet?.append(drawing);
}
