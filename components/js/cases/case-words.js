// What residents have written and photographed.

import { dayAndTime, exactTime } from "../lib/time.js";
import LongText from "../ui/long_text.js";
import { PhotoGallery } from "../ui/photo-gallery.js";

const FIRST = 3;

export const CaseWords = {
  components: { LongText, PhotoGallery },

  template: `
    <section class="casefile-words" :aria-labelledby="'words-' + item.id">
      <h3 :id="'words-' + item.id">{{ item.heard }}</h3>
      <p class="case-fine" v-if="item.fine">{{ item.fine }}</p>
      <photo-gallery :photos="item.photos" :labels="labels"></photo-gallery>
      <blockquote v-for="said in shown" :key="said.id"><long-text :labels="labels">{{ said.text }}</long-text>
        <footer class="quiet"><time :datetime="said.at" :title="exactTime(said.at)">{{ when(said.at) }}</time></footer></blockquote>
      <p class="quiet" v-if="!said.length && !item.photos.length">{{ labels.noWords }}</p>
      <p class="row" v-if="shown.length < said.length || mayBeSplit"><button type="button" class="press" v-if="shown.length < said.length" @click="isOpen = true">{{ labels.more }}</button>
        <button type="button" class="press" v-if="mayBeSplit" data-act="split" :aria-disabled="item.isOpen ? null : 'true'" @click="item.isOpen && $emit('split')">{{ labels.split }}</button></p>
    </section>`,

  props: { item: Object, wasOpen: Boolean, now: Number, labels: Object },
  emits: ["split"],

  data() {
    return { isOpen: false };
  },

  computed: {
    mayBeSplit() {
      return this.item.reports.length > 1 && (this.item.isOpen || this.wasOpen);
    },
    said() {
      return this.item.reports.filter(({ text }) => text);
    },
    shown() {
      return this.isOpen ? this.said : this.said.slice(0, FIRST);
    },
  },

  methods: {
    exactTime,

    when(iso) {
      return dayAndTime(iso, this.now);
    },
  },
};
