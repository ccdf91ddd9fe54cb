// The page of the cases that this phone has kept, for when Haren can't be reached. What is done here waits in the outbox.

import { guardPresses } from "../lib/presses.js";
import { outbox, startSending } from "../outbox/page-outbox.js";
import { refreshAfterSending } from "./keep-cases.js";
import { KeptList } from "./kept-list.js";
import { UnsentActs } from "./unsent-acts.js";

const page = document.querySelector("[data-cases]");
const words = JSON.parse(page.dataset.cases);

guardPresses();
startSending();
refreshAfterSending(outbox);
new UnsentActs(outbox, words, page);

export const ready = new KeptList(page, outbox, words).start(numberInAddress());

// The case whose page this one stands in for.
function numberInAddress() {
  return location.pathname.match(/^\/cases\/([^/]+)/)?.[1] ?? "";
}
