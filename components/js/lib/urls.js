// Build addresses of plain pages. They keep the language that the reader has chosen.

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
