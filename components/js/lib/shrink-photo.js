// Make photos small before they are sent. They are drawn anew, so that no metadata says where and when they were
// taken.

const LONGEST_SIDE = 1600;
const TYPE = "image/jpeg";
const QUALITY = 0.82;

// How far a photo is shrunk that does not come through: the longest sides of each step.
const SMALLER_SIDES = [1120, 800, 560];
const SMALLER_QUALITY = 0.7;

const THUMBNAIL_SIDE = 160;

// Return a small upright JPEG, or the file itself where this browser can't decode it, for example a HEIC. The server
// converts it then.
export async function shrink(file) {
  return (await drawAnew(file, LONGEST_SIDE, QUALITY)) ?? file;
}

// Return a stored photo one step smaller, or null where it can't be made smaller. A photo is { type, bytes, steps? }.
export async function shrinkFurther({ type, bytes, steps = 0 }) {
  if (steps >= SMALLER_SIDES.length) return null;
  const jpeg = await drawAnew(new Blob([bytes], { type }), SMALLER_SIDES[steps], SMALLER_QUALITY);
  return jpeg && jpeg.size < bytes.byteLength ? { type: TYPE, bytes: await jpeg.arrayBuffer(), steps: steps + 1 } : null;
}

// Return a tiny copy of a photo as a data address, or "" where this browser can't decode it.
export async function thumbnail(file) {
  const jpeg = await drawAnew(file, THUMBNAIL_SIDE, SMALLER_QUALITY);
  return jpeg ? new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => resolve("");
    reader.readAsDataURL(jpeg);
  }) : "";
}

async function drawAnew(file, longestSide, quality) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const jpeg = await toJpeg(bitmap, longestSide, quality);
    bitmap.close();
    return jpeg;
  } catch {
    return null;
  }
}

function toJpeg(bitmap, longestSide, quality) {
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!returnsRealPixels(context)) return null;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return encode(canvas, quality);
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

function encode(canvas, quality) {
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: TYPE, quality });
  return new Promise((resolve) => canvas.toBlob(resolve, TYPE, quality));
}
