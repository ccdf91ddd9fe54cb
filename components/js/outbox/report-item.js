// A resident's report as the outbox keeps it. The form that posts itself makes the same id of the same button, so that it is one
// report whichever way it arrives.

// `id` is the page's: a stamp, or one that was minted here. `stamp` has no value where there was no network to get one from.
export function reportItem({ id, code, problem, fine = false, note = "", again = "", stamp, assetName, language }) {
  const itemId = [id, problem, fine && "fine"].filter(Boolean).join("-");
  return {
    id: itemId,
    kind: "report",
    group: `q/${code}`,
    url: "/api/v1/reports",
    method: "POST",
    body: { id: itemId, code, problem, note, fine, again },
    stamp,
    language,
    about: { code, thing: assetName },
  };
}
