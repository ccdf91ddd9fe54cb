// The timeline of a case, the newest first. Older steps are folded.

import { dayAndTime, exactTime } from "../lib/time.js";
import LongText from "../ui/long_text.js";
import { PhotoGallery } from "../ui/photo-gallery.js";

const FIRST = 20;

export const CaseTimeline = {
  components: { LongText, PhotoGallery },

  template: `
    <section class="casefile-timeline" :aria-labelledby="'timeline-' + item.id">
      <h3 :id="'timeline-' + item.id">{{ labels.timeline }}</h3>
      <ol>
        <li v-for="step in shown" :key="step.id" :class="step.tone" :data-step="step.id"><span class="casefile-dot" v-html="step.icon"></span>
          <div><p class="written"><b>{{ step.sentence }}</b> <time class="quiet" :datetime="step.at" :title="exactTime(step.at)">{{ when(step.at) }}</time></p>
            <long-text v-if="step.text" :labels="labels">{{ step.text }}</long-text>
            <photo-gallery v-if="step.photo" :photos="[step.photo]" :labels="labels"></photo-gallery>
            <p v-if="step.link"><a :href="step.link.href">{{ step.link.label }}</a></p>
            <p v-if="step.undoes"><button type="button" class="press" @click="$emit('undo', step.undoes)">{{ labels.undoMerge }}</button></p></div></li>
      </ol>
      <p v-if="shown.length < item.timeline.length"><button type="button" class="press" @click="showMore">{{ labels.more }}</button></p>
    </section>`,

  props: { item: Object, now: Number, labels: Object },
  emits: ["undo"],

  data() {
    return { limit: FIRST };
  },

  computed: {
    shown() {
      return this.item.timeline.slice(0, this.limit);
    },
  },

  methods: {
    exactTime,

    when(iso) {
      return dayAndTime(iso, this.now);
    },

    // The focus goes to the first step that was folded, as the button may be gone.
    async showMore() {
      const before = this.limit;
      this.limit = Infinity;
      await this.$nextTick();
      const step = this.$el.querySelectorAll("[data-step]")[before];
      step.tabIndex = -1;
      step.focus();
    },
  },
};
