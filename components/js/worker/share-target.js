// Receive what another app shares with Haren. It is stored on this phone until the log takes it over. Any website can
// send this form, so the amount is limited, and nothing is sent before somebody has read and saved it.

import { createId } from "../lib/ids.js";
import { shrink } from "../lib/shrink-photo.js";
import { Database, resultOf } from "../outbox/database.js";
import { MOST_PHOTOS, toRecord } from "../outbox/photos.js";

export const SHARE_PATH = "/log/share";

const LOG_PATH = "/log";
const STORE = "shared";
const LIMIT = 10;
const MAX_AGE = 7 * 86_400_000;

// Store { text, photos: [{ type, bytes }], left_out, at } under an id, and open the log with that id in its address.
// `left_out` counts the photos above the limit.
export async function receiveShare(request) {
  const form = await request.formData().catch(() => new FormData());
  const text = textOf(form);
  const files = form.getAll("images").filter((file) => file.size && file.type?.startsWith("image/"));
  try {
    const photos = [];
    for (const file of files.slice(0, MOST_PHOTOS)) photos.push(await toRecord(await shrink(file)));
    const id = createId();
    await storeShare(id, { text, photos, left_out: files.length - photos.length, at: Date.now() });
    return redirectToLog({ shared: id });
  } catch {
    // Nothing can be stored here: the text goes into the address, the photos are lost.
    return redirectToLog({ text, ...(files.length && { lost: "images" }) });
  }
}

// Apps often repeat the address in the text.
function textOf(form) {
  const given = ["title", "text", "url"].map((name) => form.get(name)).filter((part) => typeof part === "string" && part.trim());
  const parts = given.map((part) => part.trim());
  const isRepeated = (part, index) =>
    parts.some((other, at) => at !== index && other.includes(part) && (other !== part || at < index));
  return parts.filter((part, index) => !isRepeated(part, index)).join("\n");
}

function storeShare(id, shared) {
  return new Database().writeDurably(async (stores) => {
    const store = stores[STORE];
    const [keys, shares] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())]);
    const newestFirst = keys.map((key, index) => ({ key, at: shares[index].at })).sort((one, other) => other.at - one.at);
    for (const [index, { key, at }] of newestFirst.entries())
      if (index >= LIMIT - 1 || Date.now() - at > MAX_AGE) store.delete(key);
    store.put(shared, id);
  });
}

function redirectToLog(parameters) {
  return Response.redirect(`${LOG_PATH}?${new URLSearchParams(parameters)}`, 303);
}
