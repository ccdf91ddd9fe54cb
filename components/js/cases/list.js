// The list of cases. The server sends rows with finished texts, and later only those that change. This element orders
// them, keeps the view and the filters in the address, and lets several cases be chosen at once.

import { ListActs } from "haren/cases/list-acts.js";
import { ListFilters } from "haren/cases/list-filters.js";
import { addressOf, complete, filterCount, isListAddress, queryOf, showsTheSame } from "haren/cases/list-query.js";
import { ListRow } from "haren/cases/list-row.js";
import { interpolate } from "haren/lib/interpolate.js";
import { followPlace, placeBefore, scrollToPlace, withNewPlace } from "haren/lib/scroll-place.js";

const LOAD_MARGIN = "800px";
const MINUTE = 60_000;
const SHOWN_GONE = 10_000; // milliseconds for which a case that leaves the view keeps its place
const WIDE = "(min-width: 1000px)";

export default {
  components: { ListActs, ListFilters, ListRow },

  template: `
    <div class="caselist">
      <list-filters :query="query" :counts="sizes" :views="views" :filters="filters" :is-selecting="isSelecting" :labels="labels"
                    @choose="choose" @select="toggleSelecting"></list-filters>
      <p class="notice" v-if="!items.length && !isLoading">{{ emptyText }}</p>
      <section :aria-label="labels.list" :aria-busy="isLoading ? 'true' : null">
        <template v-for="group in groups" :key="group.key">
          <h2 class="caselist-place" v-if="group.name">{{ group.name }}<span class="caselist-count">{{ group.rows.length }}</span></h2>
          <ul class="caselist-rows">
            <list-row v-for="row in group.rows" :key="row.id" :row="row" :labels="labels" :now="now" :is-current="isWide && row.number === query.case"
                      :is-selecting="isSelecting" :is-chosen="chosen.has(row.id)" :by-place="Boolean(query.by)"
                      @open="open(row, $event)" @choose="toggle(row)"></list-row>
          </ul>
        </template>
      </section>
      <div ref="end" class="feed-end" v-show="cursor">{{ labels.loading }}</div>
      <list-acts v-if="isSelecting" :rows="chosenRows" :shown="openRows.length" :person="person" :choices="choices" :labels="labels" :act-labels="actLabels"
                 @all="chooseAll" @close="toggleSelecting"></list-acts>
      <p class="visually-hidden" role="status">{{ announcement }}</p>
    </div>`,

  props: {
    rows: Array, older: String, counts: Object, wished: Object, views: Array, filters: Array, choices: Object, person: String,
    labels: Object, actLabels: Object,
  },
  emits: ["wish", "older", "open"],

  data() {
    return {
      items: this.rows.map(placed), cursor: this.older, sizes: this.counts, query: complete(this.wished), isLoading: false, isSelecting: false,
      chosen: new Set(), announcement: "", now: Date.now(), isWide: matchMedia(WIDE).matches,
    };
  },

  computed: {
    emptyText() {
      const { view, q } = this.query;
      return q || filterCount(this.query) ? this.labels.nothing : this.views.find((one) => one.id === view)?.empty;
    },
    // The rows below their places, or all together.
    groups() {
      if (!this.query.by) return [{ key: "all", name: "", rows: this.items }];
      const groups = new Map();
      for (const row of this.items) groups.set(row.place, [...(groups.get(row.place) ?? []), row]);
      return [...groups].map(([name, rows]) => ({ key: `in ${name}`, name, rows }));
    },
    openRows() {
      return this.items.filter((row) => row.open && row.rank);
    },
    chosenRows() {
      return this.items.filter((row) => this.chosen.has(row.id));
    },
  },

  created() {
    this.generation = 0;
    this.leaving = new Map();
  },

  mounted() {
    this.placeBefore = placeBefore();
    this.stopFollowing = followPlace("[data-row]");
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
    this.wide = matchMedia(WIDE);
    this.wide.addEventListener("change", this.onWidth);
    this.observer = new IntersectionObserver(([end]) => end.isIntersecting && this.request(), { rootMargin: LOAD_MARGIN });
    this.observer.observe(this.$refs.end);
    addEventListener("popstate", this.goBack);
    this.returnToPlace();
  },

  unmounted() {
    this.stopFollowing();
    clearInterval(this.timer);
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.wide.removeEventListener("change", this.onWidth);
    this.observer.disconnect();
    removeEventListener("popstate", this.goBack);
  },

  methods: {
    choose(changed) {
      const state = "view" in changed ? { state: "" } : {}; // another view has other states
      const query = { ...this.query, ...state, ...changed };
      const [go, entry] = "q" in changed ? ["replaceState", history.state] : ["pushState", withNewPlace(history.state)];
      history[go](entry, "", addressOf(query));
      this.load(query);
    },

    goBack() {
      if (!isListAddress()) return;
      const query = queryOf(location.search);
      const { case: shown } = this.query;
      if (showsTheSame(query, this.query)) this.query = query; // a dialog was closed, or another case is beside it
      else this.load(query);
      if (query.case !== shown) this.$emit("open", { number: query.case });
    },

    load(query) {
      this.placeBefore = null;
      this.query = query;
      this.isLoading = true;
      this.chosen = new Set();
      this.$emit("wish", { query, generation: ++this.generation });
    },

    restart(rows, older, counts, generation) {
      if (generation !== this.generation) return;
      for (const id of [...this.leaving.keys()]) this.stay(id);
      Object.assign(this, { items: rows.map(placed), cursor: older, sizes: counts, isLoading: false });
      this.announcement = interpolate(this.labels.shown, { count: rows.length });
      this.observeAgain();
    },

    request() {
      if (this.isLoading || !this.cursor) return;
      this.isLoading = true;
      this.$emit("older", { before: this.cursor, generation: this.generation });
    },

    append(rows, older, generation) {
      if (generation !== this.generation) return;
      const known = new Set(this.items.map((row) => row.id));
      this.items.push(...rows.filter((row) => !known.has(row.id)).map(placed));
      Object.assign(this, { cursor: older, isLoading: false });
      this.returnToPlace();
      this.observeAgain();
    },

    // Nothing comes this time. It is asked for again when somebody scrolls.
    pause(generation) {
      if (generation === this.generation) this.isLoading = false;
    },

    // Show cases as they are now. One that leaves the view keeps its place for a while.
    put(rows, counts) {
      this.now = Date.now();
      this.sizes = counts;
      for (const row of rows) {
        const place = this.items.findIndex(({ id }) => id === row.id);
        if (place >= 0) this.replace(place, row);
        else if (row.rank && (!this.cursor || row.rank < this.cursor)) this.insert(row);
      }
    },

    replace(place, row) {
      this.items[place] = { ...row, order: this.items[place].order };
      this.stay(row.id);
      if (!row.rank) this.leaving.set(row.id, setTimeout(() => this.remove(row.id), SHOWN_GONE));
    },

    insert(row) {
      const next = this.items.findIndex(({ order }) => order > row.rank);
      this.items.splice(next < 0 ? this.items.length : next, 0, { ...placed(row), arrived: true });
    },

    stay(id) {
      clearTimeout(this.leaving.get(id));
      this.leaving.delete(id);
    },

    // A link that is removed loses the focus. The case that takes its place gets it.
    remove(id) {
      this.stay(id);
      const rows = [...this.$el.querySelectorAll("[data-row]")];
      const place = rows.findIndex((row) => row.dataset.row === id && row.contains(document.activeElement));
      this.items = this.items.filter((row) => row.id !== id);
      this.chosen.delete(id);
      if (place >= 0) this.$nextTick(() => this.focusRow(place));
    },

    focusRow(place) {
      const rows = [...this.$el.querySelectorAll("[data-row]")];
      (rows[place] ?? rows.at(-1))?.querySelector("a").focus({ preventScroll: true });
    },

    open(row, event) {
      if (this.isSelecting) this.toggle(row);
      else if (this.isWide) this.showBeside(row);
      else return;
      event.preventDefault();
    },

    showBeside({ number }) {
      this.query = { ...this.query, case: number };
      history.replaceState(history.state, "", addressOf(this.query));
      this.$emit("open", { number });
    },

    onWidth({ matches }) {
      this.isWide = matches;
    },

    toggleSelecting() {
      this.isSelecting = !this.isSelecting;
      this.chosen = new Set();
    },

    toggle(row) {
      if (!this.chosen.delete(row.id) && row.open) this.chosen.add(row.id);
    },

    chooseAll() {
      const ids = this.openRows.map((row) => row.id);
      this.chosen = new Set(this.chosen.size === ids.length ? [] : ids);
    },

    // Go on where somebody left the list. Where that row is not there yet, more are asked for.
    async returnToPlace() {
      if (!this.placeBefore) return;
      const { id, at, offset } = this.placeBefore;
      const row = this.items.find((row) => row.id === id) ?? this.items.find((row) => row.order > at);
      if (!row && this.cursor) return this.request();
      this.placeBefore = null;
      await this.$nextTick();
      const element = this.$el.querySelector(`[data-row="${CSS.escape(row?.id ?? "")}"]`);
      if (element) scrollToPlace(element, offset);
    },

    // An IntersectionObserver reports changes only. Where the end is still in view, it has to be observed anew.
    observeAgain() {
      this.$nextTick(() => {
        this.observer.unobserve(this.$refs.end);
        this.observer.observe(this.$refs.end);
      });
    },
  },
};

function placed(row) {
  return { ...row, order: row.rank };
}
