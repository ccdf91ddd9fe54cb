// Read what the address of the log brings and asks for.

import { sharedDraftSource } from "./shared-drafts.js";

// Take the text out of the address, so that a reload doesn't bring it again.
export function takeSharedText() {
  const address = new URL(location);
  const text = address.searchParams.get("text") ?? "";
  address.searchParams.delete("text");
  if (text) history.replaceState(history.state, "", address);
  return text;
}

// Read ?kind=obstacle, ?site=kransmossen or ?shared=… from the address.
export function choicesFromUrl() {
  const asked = new URLSearchParams(location.search);
  if (asked.has("shared")) return { from: sharedDraftSource(asked.get("shared")) };
  const [kind, site_id] = [asked.get("kind"), asked.get("site")];
  if (!kind && !site_id) return {};
  return { ...(kind && { kind }), ...(site_id && { site_id }), from: `${kind ?? ""}@${site_id ?? ""}` };
}
