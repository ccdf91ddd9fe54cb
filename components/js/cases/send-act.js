// Send an act on a case. Every act leaves the browser here, under an id that the browser has minted, so that an act
// whose answer was lost can be sent again. Where the network fails, the outbox keeps it and sends it later.

import { callApi } from "../lib/api.js";
import { createId } from "../lib/ids.js";
import { actGroup, actItem } from "../outbox/act-item.js";
import { keptCases } from "../outbox/kept-cases.js";
import { outbox } from "../outbox/page-outbox.js";

// Return { data }, or { error, field, status }. `body` has the id of the act, `verb` is the end of its address. With
// `data.kept` it waits on this phone, together with the photo that `photo()` returns.
export async function sendAct(caseId, verb, body, { person, words, photo }) {
  const act = { caseId, verb, body, person, photo };
  if (await hasEarlier(caseId)) return (await keepAct(act)) ?? { error: words.offline, field: "", status: 0 };
  const { data, ...refused } = await callApi(`/api/v1/cases/${caseId}/${verb}`, { method: "POST", body, person }, words);
  if (data?.act === body.id) return { data };
  const failed = { error: words.offline, field: "", status: 0, ...refused };
  return failed.status ? failed : ((await keepAct(act)) ?? failed);
}

// Keep the photo of an act that has arrived without it. Return { data }, or null where this browser stores nothing.
export function keepPhoto(caseId, verb, body, { person, photo }) {
  return keepAct({ caseId, verb, body, person, photo }, { answer: { act: body.id } });
}

// What was done first is sent first.
async function hasEarlier(caseId) {
  const items = await outbox.items().catch(() => []);
  return items.some(({ group, state }) => group === actGroup(caseId) && state === "waiting");
}

async function keepAct({ caseId, verb, body, person, photo }, more = {}) {
  try {
    const known = (await keptCases(outbox.database))?.cases.find(({ id }) => id === caseId);
    const thing = known ? `${known.asset}, ${known.words}` : "";
    const about = { case: caseId, number: known?.number, thing, verb, text: body.words ?? body.text ?? "" };
    const item = actItem({ caseId, verb, body, person, language: document.documentElement.lang, about });
    await outbox.put({ ...item, ...more }, (await photo?.()) ?? null);
    outbox.flush();
    return { data: { act: body.id, kept: true } };
  } catch {
    return null;
  }
}

// The ids of presses. A press whose answer never came keeps its id for the next try.
export class PressIds {
  #waiting = new Map();

  of(press) {
    if (!this.#waiting.has(press)) this.#waiting.set(press, createId());
    return this.#waiting.get(press);
  }

  settle(press, status) {
    if (status !== 0) this.#waiting.delete(press);
  }
}
