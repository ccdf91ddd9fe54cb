// What another app shares with Haren: kept on this phone until the log takes it over, with a network or without. Any website can
// send this form too, so it is kept within bounds, and nothing goes anywhere before somebody has read and saved it.

import { createId } from "../lib/ids.js";
import { shrink } from "../lib/shrink-photo.js";
import { Database, resultOf } from "../outbox/database.js";
import { MOST_PHOTOS } from "../outbox/photos.js";

export const SHARE_PATH = "/log/share";

const LOG = "/log";
const STORE = "shared";
const MOST_KEPT = 10;
const LONGEST = 7 * 86_400_000;

// { text, photos: [{ type, bytes }], left_out, at }, under an id that the address of the log names. `left_out` counts the
// photos for which there was no place.
export async function receive(request) {
  const form = await request.formData().catch(() => new FormData());
  const text = textOf(form);
  const pictures = form.getAll("images").filter((file) => file.size && file.type?.startsWith("image/"));
  try {
    const photos = [];
    for (const picture of pictures.slice(0, MOST_PHOTOS)) photos.push(await stored(picture));
    const id = createId();
    await keep(id, { text, photos, left_out: pictures.length - photos.length, at: Date.now() });
    return onward({ shared: id });
  } catch {
    // Nothing can be kept here: the text goes with the address, the pictures can't.
    return onward({ text, ...(pictures.length && { lost: "images" }) });
  }
}

// Programs often repeat the address in the text.
function textOf(form) {
  const said = ["title", "text", "url"].map((name) => form.get(name)).filter((part) => typeof part === "string" && part.trim());
  const parts = said.map((part) => part.trim());
  const isRepeated = (part, place) =>
    parts.some((other, at) => at !== place && other.includes(part) && (other !== part || at < place));
  return parts.filter((part, place) => !isRepeated(part, place)).join("\n");
}

async function stored(picture) {
  const small = await shrink(picture);
  return { type: small.type, bytes: await small.arrayBuffer() };
}

function keep(id, shared) {
  return new Database().keep(async (stores) => {
    const store = stores[STORE];
    const [keys, others] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())]);
    const newestFirst = keys.map((key, place) => ({ key, at: others[place].at })).sort((one, other) => other.at - one.at);
    for (const [place, { key, at }] of newestFirst.entries())
      if (place >= MOST_KEPT - 1 || Date.now() - at > LONGEST) store.delete(key);
    store.put(shared, id);
  });
}

function onward(wish) {
  return Response.redirect(`${LOG}?${new URLSearchParams(wish)}`, 303);
}
