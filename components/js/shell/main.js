// Start what every staff screen needs: the worker, the outbox and the notice of a new version. None of it needs
// NiceGUI's socket.

import { refreshAfterSending, refreshKeptCases } from "../cases/keep-cases.js";
import { UnsentActs } from "../cases/unsent-acts.js";
import { guardPresses } from "../lib/presses.js";
import { outbox, startSending } from "../outbox/page-outbox.js";
import { registerWorker } from "../worker/register.js";
import { keepFilters } from "./filter-memory.js";
import { isInstalled } from "./install-hint.js";
import { followSearchKey } from "./search-key.js";
import { followTranslation } from "./translated-text.js";
import { announceUpdates } from "./update-notice.js";

const script = document.querySelector("script[data-staff]");
const words = JSON.parse(script.dataset.staff);

guardPresses();
startSending();
requestPersistence();
measureNavigation();
keepFilters();
followSearchKey();
followTranslation();
// The phone of whoever works with cases keeps them, and the pages that show them without a network.
registerWorker({ staff: true, ...(location.pathname.startsWith("/cases") && { keeps: "log" }) });
announceUpdates(words);
refreshKeptCases({ database: outbox.database });
refreshAfterSending(outbox);
new UnsentActs(outbox, words.acts, placeAbove());

// What was refused stands first on every screen, outside of what NiceGUI builds.
function placeAbove() {
  const place = document.createElement("div");
  document.body.prepend(place);
  return place;
}

// Sticky elements above the navigation need its height: with large text it has two rows.
function measureNavigation() {
  const navigation = document.querySelector(".doors");
  if (!navigation) return void requestAnimationFrame(measureNavigation); // NiceGUI has not built it yet
  const publishHeight = () => document.documentElement.style.setProperty("--doors", `${navigation.offsetHeight}px`);
  new ResizeObserver(publishHeight).observe(navigation);
}

// Ask the browser never to clear the storage. Some browsers ask the person, so this waits until there is something to
// keep.
async function requestPersistence() {
  await new Promise((resolve) => {
    const checkOutbox = async () => (await outbox.items()).length && resolve();
    outbox.subscribe(({ changed }) => changed && checkOutbox().catch(() => {}));
    addEventListener("appinstalled", resolve);
    if (isInstalled()) resolve();
    else checkOutbox().catch(() => {});
  });
  await navigator.storage?.persist?.().catch(() => {});
}
