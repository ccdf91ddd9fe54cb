// Warn somebody who is about to leave about their unsent entries.

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
    this.count = items.filter(({ state, answer }) => state !== "refused" || !answer).length; // a refused photo of an entry that has arrived is no loss
  },

  methods: { interpolate },
};
