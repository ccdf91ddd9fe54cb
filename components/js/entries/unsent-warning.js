// A warning to who is about to go: what they wrote here has not been sent.

import { interpolate } from "haren/lib/interpolate.js";
import { deviceEntriesOf } from "haren/outbox/device-entries.js";

export default {
  template: `<p class="notice" v-if="count">{{ interpolate(words, { count }) }}</p>`,

  props: { person: String, words: String },

  data() {
    return { count: 0 };
  },

  async mounted() {
    const { items } = await deviceEntriesOf(this.person);
    this.count = items.filter(({ state, answer }) => state !== "refused" || !answer).length; // a photo alone can wait for good
  },

  methods: { interpolate },
};
