// Make photos small before they are sent. They are drawn anew, so that no metadata says where and when they were
// taken.

const LONGEST_SIDE = 1600;
const TYPE = "image/jpeg";
const QUALITY = 0.82;

// Return a small upright JPEG, or the file itself where this browser can't decode it, for example a HEIC. The server
// converts it then.
export async function shrink(file) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const jpeg = await toJpeg(bitmap);
    bitmap.close();
    return jpeg ?? file;
  } catch {
    return file;
  }
}

function toJpeg(bitmap) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!returnsRealPixels(context)) return null;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return encode(canvas);
}

// A browser that protects against fingerprinting may return noise instead of what was drawn.
function returnsRealPixels(context) {
  context.fillStyle = "#1f5f4a";
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return red === 0x1f && green === 0x5f && blue === 0x4a;
}

function createCanvas(width, height) {
  if (!globalThis.document) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function encode(canvas) {
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: TYPE, quality: QUALITY });
  return new Promise((resolve) => canvas.toBlob(resolve, TYPE, QUALITY));
}
