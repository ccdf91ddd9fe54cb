// Addresses of plain pages, with the language that the reader chose, if they chose one.

export function thanksUrl(code, id) {
  return `/q/${code}/thanks/${id}${languageQuery()}`;
}

export function stickerUrl(code) {
  return `/q/${code}${languageQuery()}`;
}

function languageQuery() {
  const language = new URLSearchParams(location.search).get("lang");
  return language ? `?lang=${encodeURIComponent(language)}` : "";
}
