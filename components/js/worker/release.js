// Which release of Haren's modules this is: their address changes with any of them.

import { withTimeout } from "../outbox/database.js";

const QUESTION = "release";
const TIMEOUT = 3_000;

export const RELEASE = new URL(import.meta.url).pathname.split("/")[2];

// Whether a worker is of another release than this page. One that doesn't say is.
export async function isOtherRelease(worker) {
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ asks: QUESTION }, [port2]);
  return (await withTimeout(TIMEOUT, reply).catch(() => null)) !== RELEASE;
}

// What the worker answers.
export function answerRelease({ data, ports }) {
  if (data?.asks === QUESTION) ports[0]?.postMessage(RELEASE);
}
