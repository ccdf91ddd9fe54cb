// Open a place in the maps of the phone. Without this module the link leads to a map on the web.

import { mapLink } from "../lib/map-link.js";

for (const link of document.querySelectorAll("a[data-place]")) {
  const [latitude, longitude] = link.dataset.place.split(",");
  link.href = mapLink({ latitude, longitude }, link.dataset.name);
}
