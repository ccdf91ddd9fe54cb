// Send an act on a case. Every act leaves the browser here, under an id that the browser has minted, so that an act
// whose answer was lost can be sent again.

import { callApi } from "../lib/api.js";
import { createId } from "../lib/ids.js";

// Return { data }, or { error, field, status }. `body` has the id of the act, `verb` is the end of its address.
export async function sendAct(caseId, verb, body, { person, words }) {
  const { data, ...refused } = await callApi(`/api/v1/cases/${caseId}/${verb}`, { method: "POST", body, person }, words);
  if (data?.act === body.id) return { data };
  return { error: words.offline, field: "", status: 0, ...refused };
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
