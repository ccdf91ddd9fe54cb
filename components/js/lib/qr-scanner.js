// Read a sticker's QR symbol with the camera.

import { createButton, createElement } from "./dom.js";

const SCAN_INTERVAL = 200;

export function canScan() {
  return Boolean(globalThis.BarcodeDetector && navigator.mediaDevices?.getUserMedia && globalThis.HTMLDialogElement);
}

// Return the content of the symbol, or '' where the person closes the camera. Rejects where there is no camera, or no
// permission.
export async function scan(words) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = createElement("video", { srcObject: camera, autoplay: true, muted: true, playsInline: true });
  const dialog = createElement("dialog", { className: "entry-camera" });
  dialog.append(createElement("p", {}, words.aim), video, createButton(words.closeCamera, () => dialog.close()));
  dialog.setAttribute("aria-label", words.aim);
  document.body.append(dialog);
  dialog.showModal();
  try {
    return await firstCode(detector, video, dialog);
  } finally {
    for (const track of camera.getTracks()) track.stop();
    dialog.remove();
  }
}

function firstCode(detector, video, dialog) {
  return new Promise((resolve) => {
    const timer = setInterval(async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (found) settle(found.rawValue);
    }, SCAN_INTERVAL);
    const settle = (value) => {
      clearInterval(timer);
      resolve(value);
    };
    dialog.addEventListener("close", () => settle(""));
  });
}
