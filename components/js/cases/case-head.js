// What a case is about, where, and how it stands.

import { mapLink } from "../lib/map-link.js";
import LongText from "../ui/long_text.js";
import { PhotoGallery } from "../ui/photo-gallery.js";

export const CaseHead = {
  components: { LongText, PhotoGallery },

  template: `
    <header class="casefile-head" :class="item.tone">
      <h2><span v-html="item.icon"></span><span><a v-if="item.thing.href" :href="item.thing.href">{{ item.thing.label }}</a><template v-else>{{ item.thing.label }}</template> <b>{{ item.problem }}</b></span></h2>
      <p class="casefile-where"><a :href="item.place.href">{{ item.place.label }}</a><a v-if="item.position" :href="map" target="_blank" rel="noopener"
        :aria-label="labels.map + ': ' + item.place.label">{{ labels.map }}</a><a v-if="embedded" :href="item.href">{{ item.title }}</a></p>
      <p class="casefile-state" role="status"><span v-html="item.stateIcon"></span><span class="written">{{ item.sentence }}</span></p>
      <p class="casefile-late" v-if="item.late">{{ item.late }}</p>
      <long-text class="casefile-outcome" v-if="item.words" :labels="labels">{{ item.words }}</long-text>
      <photo-gallery :photos="item.outcomePhotos" :labels="labels"></photo-gallery>
      <p class="quiet" v-if="item.seenByResidents">{{ item.seenByResidents }}</p>
      <p class="casefile-merged" v-if="item.merged"><a :href="item.merged.href">{{ item.merged.label }}</a></p>
      <p class="casefile-viewers" role="status">{{ viewers }}</p>
    </header>`,

  props: { item: Object, embedded: Boolean, viewers: String, labels: Object },

  computed: {
    map() {
      return mapLink(this.item.position, this.item.place.label);
    },
  },
};
