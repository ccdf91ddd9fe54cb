// Put the fields of an entry into words, to compare two versions.

import { dayAndTime } from "../lib/time.js";

export function toWords(content, choices) {
  const labelOf = (field, id) => choices[field].find((option) => option.id === (id ?? ""))?.label ?? id;
  return {
    kind: labelOf("kind", content.kind),
    text: content.text,
    hits: content.hits,
    tried: content.tried,
    obstacle_kind: content.obstacle_kind ? labelOf("obstacle_kind", content.obstacle_kind) : "",
    site_id: content.site_id ? labelOf("site_id", content.site_id) : "",
    audience: labelOf("audience", content.audience),
    happened_at: content.happened_at ? dayAndTime(content.happened_at, Date.now()) : "",
    partners: content.partners.join(", "),
    roots: content.roots.map((root) => labelOf("roots", root)).join(", "),
  };
}

// Return the names of the fields that differ.
export function changedFields(was, is) {
  return Object.keys(was).filter((field) => was[field] !== is[field]);
}
