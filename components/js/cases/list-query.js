// The view and the filters of the list of cases, as its address has them. `case` is the one that is shown beside it.

export const FILTERS = ["team", "person", "site", "kind", "problem", "state", "since", "until"];

const PATH = "/cases";
const DEFAULTS = { view: "todo", by: "", q: "", case: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) };

export function isListAddress() {
  return location.pathname === PATH;
}

export function complete(query) {
  return { ...DEFAULTS, ...query };
}

export function queryOf(search) {
  const given = [...new URLSearchParams(search)].filter(([name]) => name in DEFAULTS);
  return complete(Object.fromEntries(given));
}

// What files with the same cases are asked for is the same as what the list is.
export function addressOf(query, path = PATH) {
  const chosen = Object.entries(query).filter(([name, value]) => value !== DEFAULTS[name]);
  return `${path}${chosen.length ? `?${new URLSearchParams(chosen)}` : ""}`;
}

// True if two queries show the same list, whatever case is beside it.
export function showsTheSame(one, other) {
  return addressOf({ ...one, case: "" }) === addressOf({ ...other, case: "" });
}

export function filterCount(query) {
  return FILTERS.filter((name) => query[name]).length;
}
