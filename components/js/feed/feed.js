// The feed. The server sends rows with finished texts. This element orders them, formats times and asks for older
// rows. A case has one row: when it takes another step, its row moves to the top.

import { FeedRow } from "haren/feed/feed-row.js";
import { interpolate } from "haren/lib/interpolate.js";
import { followPlace, markEntry, placeBefore, scrollToPlace } from "haren/lib/scroll-place.js";
import { dayName } from "haren/lib/time.js";

const LOAD_MARGIN = "800px";
const MINUTE = 60_000;
const YEAR = 31_536_000; // seconds

export default {
  components: { FeedRow },

  template: `
    <div class="feed">
      <p class="feed-empty notice" v-if="!items.length">{{ labels.empty }}</p>
      <button class="feed-unread press main" v-if="unread" @click="scrollToTop">{{ unreadWords }}</button>
      <section :aria-label="labels.feed" :aria-busy="isLoading">
        <template v-for="(row, index) in items" :key="row.id">
          <h2 class="feed-day" v-if="days[index]">{{ days[index] }}</h2>
          <feed-row :row="row" :labels="labels" :now="now"></feed-row>
        </template>
      </section>
      <div ref="end" class="feed-end" v-show="cursor">{{ labels.loading }}</div>
      <p class="visually-hidden" aria-live="polite">{{ announcement }}</p>
    </div>`,

  props: { rows: Array, older: String, labels: Object },
  emits: ["older"],

  data() {
    return { items: this.rows, cursor: this.older, isLoading: false, unread: 0, announcement: "", now: Date.now() };
  },

  computed: {
    // The name of the day at each row that is the first of its day.
    days() {
      const names = this.items.map((row) => dayName(row.at, this.now, this.labels));
      return names.map((name, index) => (name === names[index - 1] ? "" : name));
    },

    unreadWords() {
      return this.unread === 1 ? this.labels.unreadOne : interpolate(this.labels.unreadMany, { count: this.unread });
    },
  },

  created() {
    this.generation = 0;
  },

  mounted() {
    this.placeBefore = placeBefore();
    this.stopFollowing = followPlace(".feed-row");
    this.returnToPlace();
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
    this.observer = new IntersectionObserver(this.requestOlder, { rootMargin: LOAD_MARGIN });
    this.observer.observe(this.$refs.end);
    addEventListener("scroll", this.onScroll, { passive: true });
  },

  unmounted() {
    this.stopFollowing();
    clearInterval(this.timer);
    this.observer.disconnect();
    removeEventListener("scroll", this.onScroll);
  },

  methods: {
    arrive(rows, folded) {
      const focused = document.activeElement?.closest(".feed-row");
      this.now = Date.now();
      this.updateRelated([...rows, ...folded]);
      const known = this.known();
      const steps = lastOfEach(rows).filter((row) => !(row.at < known.get(row.id)?.at));
      const [changed, fresh] = partition(steps, (row) => row.at === known.get(row.id)?.at);
      this.replaceRows(changed);
      this.insertNew(fresh.map((row) => ({ ...row, arrived: true })));
      if (focused) this.$nextTick(() => this.keepFocus(focused));
    },

    known() {
      return new Map(this.items.map((row) => [row.id, row]));
    },

    // For rows that count, such as the one of held reports.
    replaceRows(rows) {
      const replacements = new Map(rows.map((row) => [row.id, row]));
      if (replacements.size) this.items = this.items.map((row) => replacements.get(row.id) ?? row);
    },

    // Put new rows in their places. The row of a case leaves the place of its earlier step.
    insertNew(fresh) {
      if (!fresh.length) return;
      const ids = new Set(fresh.map((row) => row.id));
      const others = this.items.filter((row) => !ids.has(row.id));
      // Of rows with the same time the newest comes first, and sorting is stable.
      this.items = [...fresh.reverse(), ...others].sort(newestFirst);
      this.announcement = fresh.length === 1 ? fresh[0].sentence : interpolate(this.labels.news, { count: fresh.length });
      if (scrollY > innerHeight / 2) this.unread += fresh.length;
    },

    append(rows, older, generation) {
      if (generation !== this.generation) return;
      const known = this.known();
      this.items.push(...rows.filter((row) => !known.has(row.id)));
      this.cursor = older;
      this.isLoading = false;
      this.returnToPlace();
      this.observeAgain();
    },

    // Go on where somebody left the feed. Where that row is not among the newest, older ones are loaded first. Where too
    // little is below it, it gets to its place when older ones have come, unless somebody has scrolled meanwhile.
    async returnToPlace() {
      const place = this.placeBefore;
      if (!place || (place.stoppedAt ?? scrollY) !== scrollY) return;
      const { id, at, offset } = place;
      const row = this.items.find((row) => row.id === id && row.at === at) ?? this.items.find((row) => row.at < at);
      if (!row && this.cursor) return this.request();
      this.placeBefore = null;
      await this.$nextTick();
      const element = this.$el.querySelector(`[data-row="${CSS.escape(row?.id ?? "")}"]`);
      if (element && !scrollToPlace(element, offset) && this.cursor) this.placeBefore = { ...place, stoppedAt: scrollY };
    },

    pause(generation) {
      if (generation === this.generation) this.isLoading = false;
    },

    restart(rows, older, generation) {
      markEntry();
      this.placeBefore = null;
      this.generation = generation;
      this.items = rows;
      this.cursor = older;
      this.isLoading = false;
      this.unread = 0;
      this.observeAgain();
    },

    // Keep the choice of whose news to show for the next visit. The server reads it when the screen is opened.
    remember(choice) {
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = `haren-feed=${encodeURIComponent(choice)}; path=/feed; max-age=${YEAR}; samesite=lax${secure}`;
    },

    updateRelated(rows) {
      this.updateEntries(rows.filter((row) => row.entry));
      const cases = new Map(rows.filter((row) => row.case).map((row) => [row.case.id, row.case]));
      for (const row of this.items) {
        const now = cases.get(row.case?.id);
        if (now) row.case = { ...now, earlier: now.earlier ?? row.case.earlier };
      }
    },

    // Update all rows of an entry or a reply after it was corrected or withdrawn, or got photos or answers.
    updateEntries(updated) {
      const entries = new Map(updated.map((row) => [row.entry.id, row.entry]));
      const newest = new Map(updated.map((row) => [textOwner(row), row]));
      for (const row of this.items) {
        if (!entries.has(row.entry?.id)) continue;
        row.entry = entries.get(row.entry.id);
        const { text, tags, happened, photos, shows } = newest.get(textOwner(row)) ?? row;
        const isGone = row.entry.withdrawn;
        Object.assign(row, { text: isGone ? "" : text, photos: isGone ? [] : photos, shows: isGone ? "" : shows, tags, happened });
      }
    },

    // A button that is removed loses the focus. The row gets it, so that a keyboard user stays there.
    keepFocus(row) {
      if (document.activeElement === document.body) row.focus({ preventScroll: true });
    },

    requestOlder([end]) {
      if (end.isIntersecting) this.request();
    },

    request() {
      if (this.isLoading || !this.cursor) return;
      this.isLoading = true;
      this.$emit("older", { before: this.cursor, generation: this.generation });
    },

    // An IntersectionObserver reports changes only. Where the end is still in view after a page, it has to be
    // observed anew.
    observeAgain() {
      this.$nextTick(() => {
        this.observer.unobserve(this.$refs.end);
        this.observer.observe(this.$refs.end);
      });
    },

    scrollToTop() {
      scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
      this.$el.querySelector(".feed-row")?.focus({ preventScroll: true });
    },

    onScroll() {
      if (scrollY < innerHeight / 2) this.unread = 0;
    },
  },
};

// Of several steps of a case that come together, the last one is its row.
function lastOfEach(rows) {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function partition(rows, belongs) {
  return [rows.filter(belongs), rows.filter((row) => !belongs(row))];
}

// The id of the reply, or of the entry itself.
function textOwner(row) {
  return row.reply ?? row.entry.id;
}

function newestFirst(one, other) {
  return one.at === other.at ? 0 : one.at < other.at ? 1 : -1;
}
