// Return the address that opens a position in the maps of this device.

export function mapLink({ latitude, longitude }, name = "", agent = navigator.userAgent) {
  const place = `${latitude},${longitude}`;
  const query = encodeURIComponent(name);
  if (/Android/.test(agent)) return `geo:${place}?q=${place}(${query})`;
  if (/iPhone|iPad|Macintosh/.test(agent)) return `https://maps.apple.com/?ll=${place}&q=${query}`;
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`;
}
