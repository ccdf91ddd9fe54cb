// Take an own report back. One that never left this phone is simply removed from the outbox. Otherwise the wish is
// stored there and sent like the report itself.

import { forgetReport } from "./device-memory.js";
import { mayHaveArrived } from "./items.js";

// `report` is { id, code, thing, what }: `what` says in the list of unsent items what is waiting. Return true if it
// has to be sent.
export async function takeBack(outbox, report) {
  const { id } = report;
  const item = (await outbox.items()).find((one) => one.id === id);
  await outbox.remove(id);
  forgetReport(id);
  if (item && !mayHaveArrived(item)) return false;
  await outbox.put(undoItem(report));
  return true;
}

function undoItem({ id, code, thing, what }) {
  return {
    id,
    kind: "undo",
    group: `q/${code}`,
    url: `/api/v1/reports/${id}/undo`,
    method: "POST",
    body: {},
    language: document.documentElement.lang,
    about: { code, thing, what },
  };
}
