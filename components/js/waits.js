// A warning to who is about to go: what they wrote here has not been sent.

import { ownOf } from "haren/own.js";
import { fill } from "haren/words.js";

export default {
  template: `<p class="notice" v-if="count">{{ fill(words, { count }) }}</p>`,

  props: { person: String, words: String },

  data() {
    return { count: 0 };
  },

  async mounted() {
    this.count = (await ownOf(this.person)).items.length;
  },

  methods: { fill },
};
