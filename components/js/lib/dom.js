// Elements made by modules of the plain pages.

const SVG = "http://www.w3.org/2000/svg";

// make("p", { className: "quiet" }, "words", another): what is null or '' is left out.
export function createElement(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside.filter((part) => part || part === 0));
  return element;
}

export function createButton(words, press, className = "press") {
  const element = createElement("button", { type: "button", className }, words);
  element.addEventListener("click", press);
  return element;
}

// An icon from its drawing, hidden from screen readers: a word stands beside it.
export function createIcon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}
