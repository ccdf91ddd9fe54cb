// The obstacle diary. The server sends rows with finished texts. This element orders them, keeps the view in the
// address and updates single cards.

import { interpolate } from "haren/lib/interpolate.js";
import { ObstacleCard } from "haren/obstacles/card.js";
import { followPlace, placeBefore, scrollToPlace, withNewPlace } from "haren/lib/scroll-place.js";
import { allClaims } from "haren/outbox/claims.js";

const MINUTE = 60_000;
const MOST_CARDS = 400;
const DEFAULTS = { view: "open", kind: "", organisation: "" };

export default {
  components: { ObstacleCard },

  template: `
    <div class="obstacles" :class="{ single }">
      <template v-if="!single">
        <nav class="tabs" :aria-label="labels.views">
          <a v-for="view in views" :key="view.id" :href="urlOf({ ...query, view: view.id })"
             :aria-current="view.id === query.view ? 'page' : null" @click.exact.prevent="choose({ view: view.id })">{{ view.label }}</a>
        </nav>
        <div class="obstacle-filters">
          <div class="chooser" v-for="filter in filters" :key="filter.id">
            <label class="chooser-label" :for="'filter-' + filter.id">{{ filter.label }}</label>
            <select :id="'filter-' + filter.id" :value="query[filter.id]" @change="choose({ [filter.id]: $event.target.value })">
              <option v-for="choice in filter.choices" :key="choice.id" :value="choice.id">{{ choice.label }}</option>
            </select>
          </div>
        </div>
        <p class="notice obstacle-reminder" v-if="reminder && query.view !== 'resting'">
          <span>{{ reminder }}</span>
          <a :href="urlOf({ ...query, view: 'resting' })" @click.exact.prevent="choose({ view: 'resting' })">{{ labels.look }}</a>
        </p>
      </template>
      <div class="notice obstacle-empty" v-if="!items.length && !isLoading">
        <p>{{ emptyText }}</p>
        <a class="press main" href="/log?kind=obstacle" v-if="!single">{{ labels.log }}</a>
      </div>
      <section class="obstacle-list" ref="list" :aria-label="labels.list" :aria-busy="isLoading ? 'true' : null">
        <obstacle-card v-for="row in items" :key="row.id" :row="row" :labels="labels" :now="now" :person="person" :people="people"
                       :busy="!!busy[row.id]"
                       :single="single" :own="ownIds.has(row.id)" @act="act(row.id, $event)"></obstacle-card>
      </section>
      <button class="press obstacle-more" v-if="!single && items.length < total" :aria-disabled="isLoading ? 'true' : null"
              @click="request(items.length + 40)">{{ labels.more }}</button>
      <p class="visually-hidden" role="status">{{ announcement }}</p>
    </div>`,

  props: {
    rows: Array, count: Number, resting: String, wished: Object, views: Array, filters: Array, labels: Object, person: String,
    people: Array, single: Boolean,
  },
  emits: ["wish", "act"],

  data() {
    return {
      items: this.rows, total: this.count, reminder: this.resting, query: { ...DEFAULTS, ...this.wished }, ownIds: new Set(),
      busy: {}, isLoading: false, announcement: "", now: Date.now(),
    };
  },

  computed: {
    emptyText() {
      const filtered = this.query.kind || this.query.organisation;
      return filtered ? this.labels.nothing : this.views?.find((view) => view.id === this.query.view)?.empty;
    },
  },

  async mounted() {
    this.generation = 0;
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
    if (!this.single) this.startNavigation();
    this.ownIds = new Set((await allClaims(this.person)).map((claim) => claim.id));
    if (!this.single && this.query.view === "mine" && this.ownIds.size) this.request();
  },

  unmounted() {
    clearInterval(this.timer);
    removeEventListener("popstate", this.goBack);
    this.stopFollowing?.();
  },

  methods: {
    startNavigation() {
      addEventListener("popstate", this.goBack);
      this.placeBefore = placeBefore();
      this.stopFollowing = followPlace("[data-row]");
      this.returnToPlace();
    },

    // Go on at the card where somebody left the list. Where it is not there yet, more are asked for.
    async returnToPlace() {
      if (!this.placeBefore) return;
      const { id, offset } = this.placeBefore;
      const isThere = this.items.some((item) => item.id === id);
      if (!isThere && this.items.length < this.total && this.items.length < MOST_CARDS) return this.request(this.items.length + 40);
      this.placeBefore = null;
      await this.$nextTick();
      const card = this.$el.querySelector(`[data-row="${CSS.escape(id)}"]`);
      if (card) scrollToPlace(card, offset);
    },

    choose(changed) {
      this.query = { ...this.query, ...changed };
      this.placeBefore = null;
      history.pushState(withNewPlace(history.state), "", this.urlOf(this.query));
      this.request();
    },

    goBack() {
      if (location.pathname !== "/obstacles") return;
      const query = { ...DEFAULTS, ...Object.fromEntries(new URLSearchParams(location.search)) };
      if (this.urlOf(query) === this.urlOf(this.query)) return; // a dialog was closed
      this.query = query;
      this.request();
    },

    urlOf(query) {
      const chosen = Object.entries(query).filter(([name, value]) => name in DEFAULTS && value !== DEFAULTS[name]);
      return `/obstacles${chosen.length ? `?${new URLSearchParams(chosen)}` : ""}`;
    },

    // Claims are sent for the view "mine" only.
    async request(most) {
      const generation = ++this.generation;
      this.isLoading = true;
      const claims = this.query.view === "mine" ? await allClaims(this.person) : [];
      const claimsById = Object.fromEntries(claims.map(({ id, claim }) => [id, claim]));
      if (generation === this.generation) this.$emit("wish", { ...this.query, claims: claimsById, most, generation });
    },

    show(rows, total, reminder, generation) {
      if (generation !== this.generation) return;
      this.items = rows;
      this.total = total;
      this.reminder = reminder;
      this.isLoading = false;
      this.announcement = interpolate(this.labels.count, { count: total });
      this.returnToPlace();
    },

    // Replace one card. It keeps its place, even where it no longer belongs to this view.
    put(row) {
      this.settle(row.id);
      const focusedCard = this.focusedCard(row.id);
      this.items = this.items.map((item) => (item.id === row.id ? row : item));
      if (focusedCard) this.$nextTick(() => document.activeElement === document.body && focusedCard.focus({ preventScroll: true }));
    },

    add(row) {
      if (this.items.some((item) => item.id === row.id)) return this.put(row);
      this.items = [{ ...row, arrived: true }, ...this.items];
      this.total += 1;
      this.announcement = row.text;
    },

    take(id) {
      if (!this.items.some((item) => item.id === id)) return;
      this.items = this.items.filter((item) => item.id !== id);
      this.total -= 1;
    },

    settle(id) {
      delete this.busy[id];
    },

    act(id, action) {
      if (this.busy[id]) return;
      this.busy[id] = true;
      const { revision } = this.items.find((item) => item.id === id) ?? {};
      this.$emit("act", { id, act: action, revision });
    },

    focusedCard(id) {
      const card = document.activeElement?.closest("[data-obstacle]");
      return card?.dataset.obstacle === id ? card : null;
    },
  },
};
