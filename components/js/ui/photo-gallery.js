// Show photos small, and on the whole screen one after the other: by swiping, with the arrow keys or with two buttons.

import { interpolate } from "../lib/interpolate.js";
import { ModalDialog } from "./modal-dialog.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export const PhotoGallery = {
  components: { ModalDialog },

  template: `
    <ul class="gallery" v-if="photos.length" :aria-label="labels.photos">
      <li v-for="(photo, place) in photos" :key="photo.src"><button type="button" class="gallery-open" @click="open(place)"><img
        :src="photo.src" :alt="photo.alt" loading="lazy" width="96" height="96"></button></li>
    </ul>
    <modal-dialog v-if="isOpen" ref="dialog" class="gallery-full" :aria-label="labels.photos" @closed="isOpen = false" @keydown="onKey">
      <div class="gallery-strip" ref="strip" tabindex="0" role="group" :aria-label="labels.photos" @scroll.passive="onScroll">
        <figure v-for="photo in photos" :key="photo.src"><img :src="photo.src" :alt="photo.alt">
          <figcaption>{{ photo.alt }}</figcaption></figure>
      </div>
      <p class="gallery-bar">
        <button type="button" class="press" v-if="photos.length > 1" :aria-disabled="place ? null : 'true'" @click="move(-1)">{{ labels.previous }}</button>
        <span role="status">{{ position }}</span>
        <button type="button" class="press" v-if="photos.length > 1" :aria-disabled="isLast ? 'true' : null" @click="move(1)">{{ labels.next }}</button>
        <button type="button" class="press" @click="$refs.dialog.close()">{{ labels.closePhotos }}</button>
      </p>
    </modal-dialog>`,

  // `labels` has photos, previous, next, closePhotos and position.
  props: { photos: Array, labels: Object },

  data() {
    return { isOpen: false, place: 0 };
  },

  computed: {
    isLast() {
      return this.place === this.photos.length - 1;
    },
    position() {
      return interpolate(this.labels.position, { place: this.place + 1, count: this.photos.length });
    },
  },

  methods: {
    async open(place) {
      Object.assign(this, { isOpen: true, place });
      await this.$nextTick();
      this.show(place, "instant");
      this.$refs.strip.focus();
    },

    move(step) {
      this.show(Math.min(Math.max(this.place + step, 0), this.photos.length - 1));
    },

    show(place, behavior = "auto") {
      this.place = place;
      const { strip } = this.$refs;
      strip.scrollTo({ left: place * strip.clientWidth, behavior });
    },

    onScroll() {
      const { scrollLeft, clientWidth } = this.$refs.strip;
      this.place = Math.round(scrollLeft / clientWidth);
    },

    onKey(event) {
      if (!(event.key in STEPS)) return;
      event.preventDefault();
      this.move(STEPS[event.key]);
    },
  },
};
