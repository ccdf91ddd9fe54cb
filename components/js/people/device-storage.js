// What this browser keeps of somebody's: drafts, what waits to be sent, and the claims to what stands under their team's name.
// It is read here and shown here, and goes nowhere.

import { interpolate } from "haren/lib/interpolate.js";
import { dayAndTime } from "haren/lib/time.js";
import { allClaims } from "haren/outbox/claims.js";
import { deviceEntriesOf } from "haren/outbox/device-entries.js";

const LOOK_EVERY = 5_000;

export default {
  template: `
    <section class="section" v-if="drafts.length || waiting.length || veiled.length">
      <h2>{{ labels.heading }}</h2>
      <div class="card phone">
        <template v-if="waiting.length">
          <h3>{{ labels.waiting }}</h3>
          <ul class="things"><li v-for="item in waiting" :key="item.id" class="phone-item">
            <span class="thing-name" dir="auto">{{ item.text }}</span>
            <span class="thing-detail" v-if="item.why">{{ item.why }}</span>
          </li></ul>
        </template>
        <template v-if="drafts.length">
          <h3>{{ labels.drafts }}</h3>
          <ul class="things"><li v-for="draft in drafts" :key="draft.id" class="phone-item">
            <span class="thing-name" dir="auto">{{ draft.text || labels.blank }}</span>
            <span class="thing-detail">{{ when(draft.at) }}</span>
          </li></ul>
        </template>
        <p class="row" v-if="waiting.length || drafts.length"><a class="press" href="/log">{{ labels.openLog }}</a></p>
        <template v-if="veiled.length">
          <h3>{{ labels.veiled }}</h3>
          <p class="quiet">{{ labels.veiledWhy }}</p>
          <ul class="things"><li v-for="entry in veiled" :key="entry.id"><a class="thing" :href="'/entries/' + entry.id">
            <span class="thing-name" dir="auto">{{ entry.text }}</span>
            <span class="thing-detail">{{ when(entry.at) }}<template v-if="answers[entry.id]"> · {{ interpolate(labels.answers, { count: answers[entry.id] }) }}</template></span>
          </a></li></ul>
        </template>
      </div>
    </section>`,

  props: { person: String, answers: Object, labels: Object },

  data() {
    return { drafts: [], waiting: [], veiled: [] };
  },

  mounted() {
    this.look();
    this.clock = setInterval(() => document.hidden || this.look(), LOOK_EVERY);
    document.addEventListener("visibilitychange", this.look);
  },

  unmounted() {
    clearInterval(this.clock);
    document.removeEventListener("visibilitychange", this.look);
  },

  methods: {
    interpolate,

    when(at) {
      return dayAndTime(at, Date.now());
    },

    whyNot({ state, why, answer }) {
      if (state !== "refused") return "";
      return interpolate(answer ? this.labels.photoRefused : this.labels.refused, { why });
    },

    async look() {
      const { drafts, items } = await deviceEntriesOf(this.person);
      this.waiting = items.map((item) => ({ id: item.id, text: item.about?.text ?? "", why: this.whyNot(item) }));
      this.drafts = drafts.sort((one, other) => other.at - one.at).map(({ id, text, at }) => ({ id, text, at }));
      // Without the claims themselves, which nothing here needs.
      this.veiled = (await allClaims(this.person)).map(({ id, text, at }) => ({ id, text, at }));
    },
  },
};
