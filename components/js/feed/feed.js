// The feed. The server sends rows with finished texts. This element orders them, formats times and asks for older
// rows.

import { keepingButtons, SHOWN_CLOSED } from "haren/feed/case-actions.js";
import { FeedRow } from "haren/feed/feed-row.js";
import { interpolate } from "haren/lib/interpolate.js";
import { followPlace, markEntry, placeBefore, scrollToPlace } from "haren/lib/scroll-place.js";
import { dayName } from "haren/lib/time.js";

const LOAD_MARGIN = "800px";
const MINUTE = 60_000;

export default {
  components: { FeedRow },

  template: `
    <div class="feed">
      <p class="feed-empty notice" v-if="!items.length">{{ labels.empty }}</p>
      <button class="feed-unread press main" v-if="unread" @click="scrollToTop">{{ unreadWords }}</button>
      <section :aria-label="labels.feed" :aria-busy="isLoading">
        <template v-for="(row, index) in items" :key="row.id">
          <h2 class="feed-day" v-if="days[index]">{{ days[index] }}</h2>
          <feed-row :row="row" :labels="labels" :now="now" :busy="!!busy[row.case?.id]" :has-buttons="hasButtons(row)"
                    :undoable="!!undoable[row.case?.id]" @act="act(row.case.id, $event, row.id)"></feed-row>
        </template>
      </section>
      <div ref="end" class="feed-end" v-show="cursor">{{ labels.loading }}</div>
      <p class="visually-hidden" aria-live="polite">{{ announcement }}</p>
    </div>`,

  props: { rows: Array, older: String, labels: Object },
  emits: ["older", "act"],

  data() {
    return { items: this.rows, cursor: this.older, isLoading: false, unread: 0, announcement: "", busy: {}, keptRow: {}, undoable: {}, now: Date.now() };
  },

  computed: {
    // The name of the day at each row that is the first of its day.
    days() {
      const names = this.items.map((row) => dayName(row.at, this.now, this.labels));
      return names.map((name, index) => (name === names[index - 1] ? "" : name));
    },

    // Only the newest row of a case has its buttons. Once they have been pressed here, or the case is closed, they stay
    // where they are.
    rowWithButtons() {
      const found = new Map();
      for (const { id, case: about } of this.items) {
        if (about && (!found.has(about.id) || this.keptRow[about.id] === id)) found.set(about.id, id);
      }
      return found;
    },

    unreadWords() {
      return this.unread === 1 ? this.labels.unreadOne : interpolate(this.labels.unreadMany, { count: this.unread });
    },
  },

  created() {
    this.generation = 0;
    this.knownIds = new Set(this.items.map((row) => row.id));
    this.leaving = new Map();
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
    for (const timer of this.leaving.values()) clearTimeout(timer);
  },

  methods: {
    arrive(rows, folded) {
      const focused = document.activeElement?.closest(".feed-row");
      this.now = Date.now();
      this.updateRelated([...rows, ...folded]);
      this.replaceRows(rows.filter((row) => this.knownIds.has(row.id)));
      this.insertNew(this.newRows(rows).map((row) => ({ ...row, arrived: true })));
      if (focused) this.$nextTick(() => this.keepFocus(focused));
    },

    // For rows that count, such as the one of held reports.
    replaceRows(rows) {
      const replacements = new Map(rows.map((row) => [row.id, row]));
      if (replacements.size) this.items = this.items.map((row) => replacements.get(row.id) ?? row);
    },

    insertNew(fresh) {
      if (!fresh.length) return;
      // Of rows with the same time the newest comes first, and sorting is stable.
      this.items = [...fresh.reverse(), ...this.items].sort(newestFirst);
      this.announcement = fresh.length === 1 ? fresh[0].sentence : interpolate(this.labels.news, { count: fresh.length });
      if (scrollY > innerHeight / 2) this.unread += fresh.length;
    },

    append(rows, older, generation) {
      if (generation !== this.generation) return;
      this.items.push(...this.newRows(rows));
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
      const row = this.items.find((row) => row.id === id) ?? this.items.find((row) => row.at < at);
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
      this.keptRow = {};
      this.generation = generation;
      this.knownIds = new Set(rows.map((row) => row.id));
      this.items = rows;
      this.cursor = older;
      this.isLoading = false;
      this.unread = 0;
      this.observeAgain();
    },

    newRows(rows) {
      const fresh = rows.filter((row) => !this.knownIds.has(row.id));
      for (const row of fresh) this.knownIds.add(row.id);
      return fresh;
    },

    settle(caseId) {
      delete this.busy[caseId];
    },

    // Whoever has closed a case here can undo that.
    offerUndo(caseId) {
      this.undoable[caseId] = true;
    },

    act(caseId, verb, rowId) {
      if (this.busy[caseId]) return;
      this.busy[caseId] = true;
      this.keptRow[caseId] = rowId;
      this.$emit("act", { case: caseId, verb });
    },

    updateRelated(rows) {
      this.updateEntries(rows.filter((row) => row.entry));
      const cases = new Map(rows.filter((row) => row.case).map((row) => [row.case.id, row.case]));
      if (!cases.size) return;
      for (const caseId of cases.keys()) this.settle(caseId);
      for (const { id, open } of cases.values()) if (!open) this.keptRow[id] ??= this.rowWithButtons.get(id);
      for (const row of this.items) if (cases.has(row.case?.id)) row.case = keepingButtons(cases.get(row.case.id), row.case);
      for (const [caseId, { open }] of cases) this.takeButtonsLater(caseId, open);
    },

    takeButtonsLater(caseId, isOpen) {
      clearTimeout(this.leaving.get(caseId));
      if (isOpen) delete this.undoable[caseId];
      else this.leaving.set(caseId, setTimeout(() => this.takeButtons(caseId), SHOWN_CLOSED));
    },

    takeButtons(caseId) {
      const focused = document.activeElement?.closest(".feed-row");
      delete this.undoable[caseId];
      this.leaving.delete(caseId);
      for (const row of this.items) if (row.case?.id === caseId) row.case = { ...row.case, actions: [] };
      if (focused) this.$nextTick(() => this.keepFocus(focused));
    },

    // Update all rows of an entry or a reply after it was corrected or withdrawn, or got photos or answers.
    updateEntries(updated) {
      const entries = new Map(updated.map((row) => [row.entry.id, row.entry]));
      const newest = new Map(updated.map((row) => [textOwner(row), row]));
      for (const row of this.items) {
        if (!entries.has(row.entry?.id)) continue;
        row.entry = entries.get(row.entry.id);
        const { text, tags, happened } = newest.get(textOwner(row)) ?? row;
        Object.assign(row, { text: row.entry.withdrawn ? "" : text, tags, happened });
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

    hasButtons(row) {
      return Boolean(row.case?.actions.length) && this.rowWithButtons.get(row.case.id) === row.id;
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

// The id of the reply, or of the entry itself.
function textOwner(row) {
  return row.reply ?? row.entry.id;
}

function newestFirst(one, other) {
  return one.at === other.at ? 0 : one.at < other.at ? 1 : -1;
}
