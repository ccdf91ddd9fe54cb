// Compare the release of a page's modules with that of the worker. The address of the modules changes with their
// content.

import { withTimeout } from "../outbox/database.js";

const QUESTION = "release";
const TIMEOUT = 3_000;

export const RELEASE = new URL(import.meta.url).pathname.split("/")[2];

// Return true if the worker is of another release than this page, or doesn't answer.
export async function isOtherRelease(worker) {
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ asks: QUESTION }, [port2]);
  return (await withTimeout(TIMEOUT, reply).catch(() => null)) !== RELEASE;
}

// The worker's part of the exchange.
export function answerRelease({ data, ports }) {
  if (data?.asks === QUESTION) ports[0]?.postMessage(RELEASE);
}
