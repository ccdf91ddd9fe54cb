// Addresses of plain pages, with the language that the reader chose, if they chose one.

export function thanksFor(code, id) {
  return `/q/${code}/thanks/${id}${carried()}`;
}

export function sticker(code) {
  return `/q/${code}${carried()}`;
}

function carried() {
  const chosen = new URLSearchParams(location.search).get("lang");
  return chosen ? `?lang=${encodeURIComponent(chosen)}` : "";
}
