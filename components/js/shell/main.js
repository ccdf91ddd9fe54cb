// What every staff screen gets besides: the worker, an outbox that goes on, and the notice of a new version. None of it needs
// NiceGUI's socket.

import { outbox, startSending } from "../outbox/page-outbox.js";
import { registerWorker } from "../worker/register.js";
import { isInstalled } from "./install-hint.js";
import { announceUpdates } from "./update-notice.js";

const script = document.querySelector("script[data-staff]");

startSending();
requestPersistence();
measureNavigation();
registerWorker({ staff: true });
announceUpdates(JSON.parse(script.dataset.staff));

// What sticks above the doors has to know how tall they are: with large text they stand in two rows.
function measureNavigation() {
  const navigation = document.querySelector(".doors");
  if (!navigation) return void requestAnimationFrame(measureNavigation); // NiceGUI has not built them yet
  const publishHeight = () => document.documentElement.style.setProperty("--doors", `${navigation.offsetHeight}px`);
  new ResizeObserver(publishHeight).observe(navigation);
}

// Ask the browser to clear nothing away. Some of them ask the person, so that this waits until there is something.
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
