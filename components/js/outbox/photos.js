// Read, write and send photos. Those of an entry are numbered from 1; the one of a report has no number.

import { shrinkFurther } from "../lib/shrink-photo.js";
import { resultOf } from "./database.js";
import { deliverPhoto } from "./delivery.js";

export const MOST_PHOTOS = 4;

// Return a photo as it is stored.
export async function toRecord(blob) {
  return { type: blob.type, bytes: await new Response(blob).arrayBuffer() };
}

export function photoKey(id, number) {
  return number ? `${id}/${number}` : id;
}

// Return the keys of the photos that are still to be sent.
export function unsentPhotoKeys({ id, photo, photos = 0, arrived = [] }) {
  if (!photos) return photo ? [id] : [];
  return numbersUpTo(photos).filter((number) => !arrived.includes(number)).map((number) => photoKey(id, number));
}

// Send one photo after the other. Those that have arrived are skipped, and a refused one doesn't stop the others.
export async function deliverPhotos(outbox, item) {
  const arrived = [...(item.arrived ?? [])];
  let refusal = null;
  for (const key of unsentPhotoKeys(item)) {
    const photo = await outbox.photoRecord(key);
    const number = Number(key.slice(item.id.length + 1)) || 0;
    const outcome = photo ? await deliverPhoto(item, photo, number) : await missingPhoto(outbox, item);
    if (outcome.trouble) return afterFailure(outbox, key, photo, outcome);
    if (outcome.refused !== undefined) refusal ??= outcome;
    else {
      arrived.push(number);
      await outbox.update(new Map([[item.id, { arrived: [...arrived] }]]));
    }
  }
  return refusal ?? { answer: item.answer };
}

// On a slow line, the next attempt sends a smaller photo under the same number. It replaces one that has arrived after
// all.
async function afterFailure(outbox, key, photo, outcome) {
  const smaller = outcome.wasSlow && (await shrinkFurther(photo));
  if (smaller) await outbox.replacePhoto(key, smaller);
  return outcome;
}

// Where the item is gone, another tab has sent it. Where it is still there, the photo is lost.
async function missingPhoto(outbox, { id }) {
  const isHere = (await outbox.items()).some((one) => one.id === id);
  return isHere ? { refused: "", field: "photos", status: 0 } : {};
}

// Return the first `count` photos, in their order.
export function readPhotos({ photos }, id, count) {
  return Promise.all(numbersUpTo(count).map((number) => resultOf(photos.get(photoKey(id, number)))));
}

export function writePhotos({ photos }, id, records) {
  for (const number of numbersUpTo(MOST_PHOTOS)) {
    if (records[number - 1]) photos.put(records[number - 1], photoKey(id, number));
    else photos.delete(photoKey(id, number));
  }
}

// Delete an item of the outbox and its photos.
export async function deleteItem({ items, photos }, id) {
  const place = await resultOf(items.index("id").getKey(id));
  if (place !== undefined) items.delete(place);
  deletePhotos(photos, id);
}

export function deletePhotos(photos, id) {
  photos.delete(id);
  photos.delete(IDBKeyRange.bound(photoKey(id, "0"), photoKey(id, "9")));
}

function numbersUpTo(count) {
  return Array.from({ length: Math.min(count, MOST_PHOTOS) }, (_, index) => index + 1);
}
