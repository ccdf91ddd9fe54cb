// Reads a sticker's symbol with the camera, where the browser can.

import { createButton, createElement } from "./dom.js";

const LOOK_EVERY = 200;

export function canScan() {
  return Boolean(globalThis.BarcodeDetector && navigator.mediaDevices?.getUserMedia && globalThis.HTMLDialogElement);
}

// What the symbol says; '' where the person gives up. Rejects where there is no camera, or it may not be used.
export async function scan(words) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const sight = createElement("video", { srcObject: camera, autoplay: true, muted: true, playsInline: true });
  const sheet = createElement("dialog", { className: "entry-camera" });
  sheet.append(createElement("p", {}, words.aim), sight, createButton(words.closeCamera, () => sheet.close()));
  sheet.setAttribute("aria-label", words.aim);
  document.body.append(sheet);
  sheet.showModal();
  try {
    return await firstSeen(detector, sight, sheet);
  } finally {
    for (const track of camera.getTracks()) track.stop();
    sheet.remove();
  }
}

function firstSeen(detector, sight, sheet) {
  return new Promise((resolve) => {
    const clock = setInterval(async () => {
      const [found] = await detector.detect(sight).catch(() => []);
      if (found) settle(found.rawValue);
    }, LOOK_EVERY);
    const settle = (value) => {
      clearInterval(clock);
      resolve(value);
    };
    sheet.addEventListener("close", () => settle(""));
  });
}
