// Compare names in the order of the page's language, with numbers by their value.

export const compareNames = new Intl.Collator(document.documentElement.lang || "sv", { numeric: true }).compare;
