// Turn what other apps have shared with Haren into drafts of whoever opens the log. It is one transaction, so that
// nothing can be lost.

import { resultOf } from "../outbox/database.js";
import { writePhotos } from "../outbox/photos.js";

// The source of a draft that was made from a share. The address of the log asks for it.
export function sharedDraftSource(id) {
  return `shared/${id}`;
}

// Make drafts of all shares. Return how many photos were above the limit.
export function takeShared(database, owner) {
  return database.writeDurably(async (stores) => {
    const { drafts, shared } = stores;
    const [ids, all] = await Promise.all([resultOf(shared.getAllKeys()), resultOf(shared.getAll())]);
    for (const [index, id] of ids.entries()) {
      const { text, photos, at } = all[index];
      drafts.put({ id, owner, from: sharedDraftSource(id), text, photos: photos.length, at });
      writePhotos(stores, id, photos);
      shared.delete(id);
    }
    return all.reduce((sum, { left_out: count = 0 }) => sum + count, 0);
  });
}
