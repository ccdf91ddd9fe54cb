// Show what this browser stores for a person: drafts, unsent entries, and the claims to entries under their team's
// name. Nothing of it is sent anywhere.

import { interpolate } from "haren/lib/interpolate.js";
import { dayAndTime } from "haren/lib/time.js";
import { allClaims } from "haren/outbox/claims.js";
import { deviceEntriesOf } from "haren/outbox/device-entries.js";

const REFRESH_INTERVAL = 5_000;

export default {
  template: `
    <section class="section" v-if="drafts.length || waiting.length || teamEntries.length">
      <h2>{{ labels.heading }}</h2>
      <div class="card phone">
        <template v-if="waiting.length">
          <h3>{{ labels.waiting }}</h3>
          <ul class="things"><li v-for="item in waiting" :key="item.id"><a class="thing" :href="item.address">
            <span class="thing-name written" dir="auto">{{ item.text }}</span>
            <span class="thing-detail">{{ formatTime(item.at) }}<template v-if="item.why"> · {{ item.why }}</template></span>
          </a></li></ul>
        </template>
        <template v-if="drafts.length">
          <h3>{{ labels.drafts }}</h3>
          <ul class="things"><li v-for="draft in drafts" :key="draft.id"><a class="thing" href="/log">
            <span class="thing-name written" dir="auto">{{ draft.text || labels.blank }}</span>
            <span class="thing-detail">{{ formatTime(draft.at) }}</span>
          </a></li></ul>
        </template>
        <p class="row" v-if="waiting.length || drafts.length"><a class="press" href="/log">{{ labels.openLog }}</a></p>
        <template v-if="teamEntries.length">
          <h3>{{ labels.veiled }}</h3>
          <p class="quiet">{{ labels.veiledWhy }}</p>
          <ul class="things"><li v-for="entry in teamEntries" :key="entry.id"><a class="thing" :href="'/entries/' + entry.id">
            <span class="thing-name written" dir="auto">{{ entry.text }}</span>
            <span class="thing-detail">{{ formatTime(entry.at) }}<template v-if="answers[entry.id]"> · {{ interpolate(labels.answers, { count: answers[entry.id] }) }}</template></span>
          </a></li></ul>
        </template>
      </div>
    </section>`,

  props: { person: String, answers: Object, labels: Object },

  data() {
    return { drafts: [], waiting: [], teamEntries: [] };
  },

  mounted() {
    this.refresh();
    this.timer = setInterval(() => document.hidden || this.refresh(), REFRESH_INTERVAL);
    document.addEventListener("visibilitychange", this.refresh);
  },

  unmounted() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.refresh);
  },

  methods: {
    interpolate,

    formatTime(at) {
      return dayAndTime(at, Date.now());
    },

    refusalText({ state, why, answer }) {
      if (state !== "refused") return "";
      return interpolate(answer ? this.labels.photoRefused : this.labels.refused, { why });
    },

    // An entry that has arrived, and whose photos have not, has a page of its own.
    rowOf(item) {
      const address = item.answer ? `/entries/${item.id}` : "/log";
      return { id: item.id, text: item.about?.text ?? "", why: this.refusalText(item), at: item.made_at, address };
    },

    async refresh() {
      const { drafts, items } = await deviceEntriesOf(this.person);
      this.waiting = items.map((item) => this.rowOf(item)).sort((one, other) => other.at - one.at);
      this.drafts = drafts.sort((one, other) => other.at - one.at).map(({ id, text, at }) => ({ id, text, at }));
      // Without the claims themselves, which are not needed here.
      this.teamEntries = (await allClaims(this.person)).map(({ id, text, at }) => ({ id, text, at }));
    },
  },
};
