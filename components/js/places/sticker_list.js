// A list of stickers, or of sites with their stickers, sorted by what needs attention first. A row that changes
// moves.

import { compareNames } from "haren/lib/collation.js";
import { containsWords } from "haren/lib/folded.js";
import { interpolate } from "haren/lib/interpolate.js";
import { agoOrDate } from "haren/lib/time.js";

const MINUTE = 60_000;
const SEARCH_FROM = 8;

export default {
  template: `
    <div class="stickers">
      <label class="stickers-find" v-if="labels.find && items.length >= searchFrom">
        <span class="label">{{ labels.find }}</span>
        <input type="search" v-model="query" autocomplete="off">
      </label>
      <ul class="stickers-list" :aria-label="labels.list">
        <li v-for="item in sorted" :key="item.id" class="sticker card" :class="{ arrived: arrived.includes(item.id) }">
          <a class="sticker-name" :href="item.address">{{ item.name }}</a>
          <span class="sticker-state" :class="item.tone"><span v-html="item.icon"></span><b>{{ sentence(item.state, item) }}</b></span>
          <span class="sticker-detail" v-if="item.detail">{{ sentence(item.detail, item) }}</span>
        </li>
      </ul>
      <p class="quiet" v-if="items.length && !sorted.length">{{ labels.none }}</p>
    </div>`,

  props: { rows: Array, labels: Object },

  data() {
    return { items: this.rows, arrived: [], query: soughtBefore(this.labels), now: Date.now(), searchFrom: SEARCH_FROM };
  },

  watch: {
    query() {
      const address = new URL(location);
      if (this.query) address.searchParams.set("find", this.query);
      else address.searchParams.delete("find");
      history.replaceState(history.state, "", address);
    },
  },

  computed: {
    sorted() {
      const found = this.items.filter((item) => containsWords(item.name, this.query));
      return found.sort(byOrderAndName);
    },
  },

  mounted() {
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
  },

  unmounted() {
    clearInterval(this.timer);
  },

  methods: {
    put(rows, gone) {
      const focused = this.$el.contains(document.activeElement) ? document.activeElement : null;
      const left = new Set([...rows.map((row) => row.id), ...gone]);
      this.now = Date.now();
      const seen = new Map(this.items.map((item) => [item.id, item.seen]));
      this.arrived = rows.filter((row) => row.seen !== seen.get(row.id)).map((row) => row.id);
      this.items = [...this.items.filter((item) => !left.has(item.id)), ...rows];
      // A row that moves loses the focus.
      this.$nextTick(() => document.activeElement === document.body && focused?.focus({ preventScroll: true }));
    },

    sentence(words, item) {
      return item.seen ? interpolate(words, { when: agoOrDate(item.seen, this.now, this.labels.justNow) }) : words;
    },
  },
};

// The address keeps what somebody looked for.
function soughtBefore({ find }) {
  return (find && new URLSearchParams(location.search).get("find")) || "";
}

function byOrderAndName(one, other) {
  if (one.order !== other.order) return one.order < other.order ? -1 : 1;
  return compareNames(one.name, other.name);
}
