// The open cases beside the feed. Urgent ones come first, then the oldest.

import { ago } from "haren/lib/time.js";

const TONES = ["urgent", "full", "notice"];
const MINUTE = 60_000;
const DOUBLE_TAP = 700;

export default {
  template: `
    <section class="cases" :aria-label="labels.cases">
      <details :open="isWide">
        <summary class="cases-count">{{ labels.cases }} <b>{{ items.length }}</b></summary>
        <p class="quiet" v-if="!items.length">{{ labels.none }}</p>
        <ul class="cases-list">
          <li class="case" :class="item.tone" v-for="item in sorted" :key="item.id" :data-case="item.id">
            <p class="case-name"><span v-html="item.icon"></span>
              <a :href="'/q/' + item.code">{{ item.thing }}</a> <b>{{ item.problem }}</b></p>
            <p class="case-where">{{ item.place }} · {{ item.number }}</p>
            <p class="case-where">{{ item.state }} · {{ item.reports }} · {{ age(item) }}</p>
            <p class="photos" v-if="item.photos.length">
              <a v-for="photo in item.photos" :key="photo.src" :href="photo.src" target="_blank"><img
                :src="photo.src" :alt="photo.alt" loading="lazy" width="72" height="72"></a>
            </p>
            <p class="case-fine" v-if="item.fine">{{ item.fine }}</p>
            <p class="feed-actions">
              <button class="press" v-for="action in item.actions" :key="action.verb" :aria-label="action.named"
                      :aria-disabled="busy[item.id] ? 'true' : null"
                      @click="act(item.id, action.verb)">{{ action.label }}</button>
            </p>
          </li>
        </ul>
      </details>
    </section>`,

  props: { rows: Array, labels: Object },
  emits: ["act"],

  data() {
    return { items: this.rows, busy: {}, changedAt: 0, now: Date.now(), isWide: matchMedia("(min-width: 1000px)").matches };
  },

  computed: {
    sorted() {
      return [...this.items].sort((a, b) => TONES.indexOf(a.tone) - TONES.indexOf(b.tone) || a.since.localeCompare(b.since));
    },
  },

  mounted() {
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
  },

  unmounted() {
    clearInterval(this.timer);
  },

  methods: {
    put(rows) {
      const ids = new Set(rows.map((row) => row.id));
      const focused = this.focused();
      for (const caseId of ids) this.settle(caseId);
      if (rows.some((row) => !row.open)) this.changedAt = Date.now();
      this.items = [...this.items.filter((item) => !ids.has(item.id)), ...rows.filter((row) => row.open)];
      if (focused) this.$nextTick(() => document.activeElement === document.body && this.restoreFocus(focused));
    },

    // Return the case that has the focus, and its index.
    focused() {
      const caseId = document.activeElement?.closest("[data-case]")?.dataset.case;
      return caseId && { caseId, index: this.sorted.findIndex((item) => item.id === caseId) };
    },

    // A button that is removed loses the focus. It goes to the name of its case, or of the case that takes its place.
    restoreFocus({ caseId, index }) {
      const items = [...this.$el.querySelectorAll("[data-case]")];
      const item = items.find((item) => item.dataset.case === caseId) ?? items[index] ?? items.at(-1);
      (item?.querySelector("a") ?? this.$el.querySelector("summary")).focus();
    },

    settle(caseId) {
      delete this.busy[caseId];
    },

    act(caseId, verb) {
      // A case that is removed moves the next one under a finger that taps twice.
      if (this.busy[caseId] || Date.now() - this.changedAt < DOUBLE_TAP) return;
      this.busy[caseId] = true;
      this.$emit("act", { case: caseId, verb });
    },

    age(item) {
      return ago(item.since, this.now, this.labels.justNow);
    },
  },
};
