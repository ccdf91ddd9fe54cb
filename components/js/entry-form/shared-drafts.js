// What other apps have shared with Haren, taken over by whoever has the log open: a draft each, in one step, so that nothing of it
// can be lost on the way.

import { resultOf } from "../outbox/database.js";
import { writePhotos } from "../outbox/photos.js";

// What a draft is called that was made from this: the address of the log asks for it so.
export function sharedDraftSource(id) {
  return `shared/${id}`;
}

// Make drafts of `owner` of all that waits. Returns how many pictures there was no place for.
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
