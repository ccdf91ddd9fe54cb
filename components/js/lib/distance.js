// Distances between positions in degrees.

const EARTH_RADIUS = 6_371_000; // metres
const FAR = 1_000;

// Return the metres between two positions [latitude, longitude], along a great circle.
export function distanceBetween([latitude, longitude], [otherLatitude, otherLongitude]) {
  const rise = Math.sin(radians(otherLatitude - latitude) / 2) ** 2;
  const turn = Math.sin(radians(otherLongitude - longitude) / 2) ** 2;
  const chord = rise + Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * turn;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, chord)));
}

// "350 m", "1.2 km", in the language of the page, with the digits of the rest of it.
export function formatDistance(metres) {
  const isFar = metres >= FAR;
  const [value, unit] = isFar ? [metres / 1000, "kilometer"] : [Math.round(metres / 10) * 10, "meter"];
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: isFar && metres < 10 * FAR ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, { ...options, numberingSystem: "latn" }).format(value);
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
