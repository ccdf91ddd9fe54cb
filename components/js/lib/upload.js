// Send a request that may take long. It goes on for as long as it moves, however slow the line is.

// In ms. Without a byte that goes out for so long, or without an answer once all have gone, the request ends.
const STALL_TIMEOUT = 60_000;

// Where no progress can be seen, as in a service worker: time for the slowest line that is worth waiting for.
const LEAST_BYTES_A_SECOND = 1_000;

// Resolve to { status, ok, headers, text }. Reject where the connection broke or nothing has moved for `stall` ms.
export function upload(url, options, stall = STALL_TIMEOUT) {
  return globalThis.XMLHttpRequest ? uploadWithProgress(url, options, stall) : uploadBySize(url, options, stall);
}

function uploadWithProgress(url, { method, headers = {}, body }, stall) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), stall);
    };
    const fail = () => reject(new Error("it did not come through"));
    request.upload.addEventListener("progress", wait);
    request.addEventListener("progress", wait);
    for (const kind of ["abort", "error"]) request.addEventListener(kind, fail);
    request.addEventListener("load", () => resolve(responseOf(request)));
    request.addEventListener("loadend", () => clearTimeout(timer));
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
    wait();
  });
}

function responseOf(request) {
  const { status, responseText: text } = request;
  return { status, ok: status >= 200 && status < 300, headers: { get: (name) => request.getResponseHeader(name) }, text };
}

async function uploadBySize(url, { method, headers, body }, stall) {
  const controller = new AbortController();
  const size = body?.byteLength ?? body?.size ?? 0;
  const timer = setTimeout(() => controller.abort(), stall + (size / LEAST_BYTES_A_SECOND) * 1_000);
  try {
    const response = await fetch(url, { method, headers, body, cache: "no-store", redirect: "error", signal: controller.signal });
    return { status: response.status, ok: response.ok, headers: response.headers, text: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}
