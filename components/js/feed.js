// The feed. The server sends rows that are worded already; this element places them, tells the time and asks for older ones.

import { ago, dayName, exactly } from "/assets/moments.js";

const NEAR_THE_END = "800px";
const A_MINUTE = 60_000;

export default {
  template: `
    <div class="feed">
      <p class="feed-empty notice" v-if="!items.length">{{ labels.empty }}</p>
      <button class="feed-unread press main" v-if="unread" @click="toTop">{{ unread }} {{ labels.unread }}</button>
      <section :aria-label="labels.feed" :aria-busy="asking">
        <template v-for="(row, place) in items" :key="row.id">
          <h2 class="feed-day" v-if="startsDay(place)">{{ dayOf(row) }}</h2>
          <article class="feed-row" :class="[row.tone, { arrived: row.arrived }]" :aria-labelledby="'row-' + row.id">
            <span class="feed-icon" v-html="row.icon"></span>
            <div class="feed-words">
              <p class="feed-sentence" :id="'row-' + row.id">{{ row.sentence }}</p>
              <p class="feed-text" v-if="row.text">{{ row.text }}</p>
              <p class="feed-tags" v-if="row.tags.length"><span v-for="tag in row.tags">{{ tag }}</span></p>
              <p class="feed-where">
                <time :datetime="row.at" :title="exactly(row.at)">{{ age(row) }}</time>
                <template v-if="row.where"> · {{ row.where }}</template>
                <template v-if="row.case"> · {{ row.case.number }} · {{ row.case.state }}</template>
              </p>
              <p class="feed-actions" v-if="row.case && row.case.actions.length && isNewestOfCase(row)">
                <button class="press" v-for="action in row.case.actions" :disabled="busy[row.case.id]"
                        @click="act(row.case.id, action.verb)">{{ action.label }}</button>
              </p>
            </div>
          </article>
        </template>
      </section>
      <div ref="end" class="feed-end" v-show="cursor">{{ labels.loading }}</div>
      <p class="visually-hidden" aria-live="polite">{{ said }}</p>
    </div>`,

  props: { rows: Array, older: String, labels: Object },
  emits: ["older", "act"],

  data() {
    return { items: this.rows, cursor: this.older, asking: false, unread: 0, said: "", busy: {}, now: Date.now() };
  },

  mounted() {
    this.clock = setInterval(() => (this.now = Date.now()), A_MINUTE);
    this.watcher = new IntersectionObserver(this.askForOlder, { rootMargin: NEAR_THE_END });
    this.watcher.observe(this.$refs.end);
    addEventListener("scroll", this.read, { passive: true });
  },

  unmounted() {
    clearInterval(this.clock);
    this.watcher.disconnect();
    removeEventListener("scroll", this.read);
  },

  methods: {
    exactly,

    arrive(row) {
      if (this.items.some((known) => known.id === row.id)) return;
      this.now = Date.now();
      if (row.case) this.learn(row.case);
      const later = this.items.findIndex((known) => known.at <= row.at);
      this.items.splice(later < 0 ? this.items.length : later, 0, { ...row, arrived: true });
      this.said = row.sentence;
      if (scrollY > innerHeight / 2) this.unread += 1;
    },

    append(rows, older) {
      const known = new Set(this.items.map((row) => row.id));
      this.items.push(...rows.filter((row) => !known.has(row.id)));
      this.cursor = older;
      this.asking = false;
      this.lookAgain();
    },

    restart(rows, older) {
      this.items = rows;
      this.cursor = older;
      this.asking = false;
      this.unread = 0;
      this.lookAgain();
    },

    settle(caseId) {
      delete this.busy[caseId];
    },

    act(caseId, verb) {
      this.busy[caseId] = true;
      this.$emit("act", { case: caseId, verb });
    },

    learn(fresh) {
      this.settle(fresh.id);
      for (const row of this.items) if (row.case?.id === fresh.id) row.case = fresh;
    },

    askForOlder([end]) {
      if (!end.isIntersecting || this.asking || !this.cursor) return;
      this.asking = true;
      this.$emit("older", { before: this.cursor });
    },

    // An observer speaks only when something changes: where the end is still in view after a page, it has to be asked anew.
    lookAgain() {
      this.$nextTick(() => {
        this.watcher.unobserve(this.$refs.end);
        this.watcher.observe(this.$refs.end);
      });
    },

    isNewestOfCase(row) {
      return this.items.find((other) => other.case?.id === row.case.id) === row;
    },

    startsDay(place) {
      return place === 0 || this.dayOf(this.items[place]) !== this.dayOf(this.items[place - 1]);
    },

    dayOf(row) {
      return dayName(row.at, this.now, this.labels);
    },

    age(row) {
      return ago(row.at, this.now, this.labels.justNow);
    },

    toTop() {
      scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    },

    read() {
      if (scrollY < innerHeight / 2) this.unread = 0;
    },
  },
};
