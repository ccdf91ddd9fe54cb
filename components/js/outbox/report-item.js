// A resident's report as an item of the outbox. A form that the browser posts itself derives the same id from the
// button, so that it is one report whichever way it arrives.

// `id` is the page's: a stamp, or one that was created here. `stamp` has no value where there was no network to fetch
// one. `subject` is the trap field, which some password managers fill in: the server then asks somebody to look first.
export function reportItem({ id, code, problem, fine = false, note = "", again = "", subject, stamp, assetName, language }) {
  const itemId = [id, problem, fine && "fine"].filter(Boolean).join("-");
  return {
    id: itemId,
    kind: "report",
    group: `q/${code}`,
    url: "/api/v1/reports",
    method: "POST",
    body: { id: itemId, code, problem, note, fine, again, ...(subject && { subject }) },
    stamp,
    language,
    about: { code, thing: assetName },
  };
}
