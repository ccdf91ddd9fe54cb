// The obstacle diary. The server sends cards that are worded already; this element places them, keeps the view in the address and
// changes one card when something becomes of it.

import { interpolate } from "haren/lib/interpolate.js";
import { ObstacleCard } from "haren/obstacles/card.js";
import { allClaims } from "haren/outbox/claims.js";

const MINUTE = 60_000;
const NOTHING = { view: "open", kind: "", organisation: "" };

export default {
  components: { ObstacleCard },

  template: `
    <div class="obstacles" :class="{ single }">
      <template v-if="!single">
        <nav class="tabs" :aria-label="labels.views">
          <a v-for="view in views" :key="view.id" :href="address({ ...wish, view: view.id })"
             :aria-current="view.id === wish.view ? 'page' : null" @click.exact.prevent="choose({ view: view.id })">{{ view.label }}</a>
        </nav>
        <div class="obstacle-filters">
          <div class="chooser" v-for="filter in filters" :key="filter.id">
            <label class="chooser-label" :for="'filter-' + filter.id">{{ filter.label }}</label>
            <select :id="'filter-' + filter.id" :value="wish[filter.id]" @change="choose({ [filter.id]: $event.target.value })">
              <option v-for="choice in filter.choices" :key="choice.id" :value="choice.id">{{ choice.label }}</option>
            </select>
          </div>
        </div>
        <p class="notice obstacle-reminder" v-if="reminder && wish.view !== 'resting'">
          <span>{{ reminder }}</span>
          <a :href="address({ ...wish, view: 'resting' })" @click.exact.prevent="choose({ view: 'resting' })">{{ labels.look }}</a>
        </p>
      </template>
      <div class="notice obstacle-empty" v-if="!items.length && !asking">
        <p>{{ emptiness }}</p>
        <a class="press main" href="/log?kind=obstacle" v-if="!single">{{ labels.log }}</a>
      </div>
      <section class="obstacle-list" ref="list" :aria-label="labels.list" :aria-busy="asking ? 'true' : null">
        <obstacle-card v-for="row in items" :key="row.id" :row="row" :labels="labels" :now="now" :person="person" :people="people"
                       :busy="!!busy[row.id]"
                       :single="single" :own="own.has(row.id)" @act="act(row.id, $event)"></obstacle-card>
      </section>
      <button class="press obstacle-more" v-if="!single && items.length < total" :aria-disabled="asking ? 'true' : null"
              @click="request(items.length + 40)">{{ labels.more }}</button>
      <p class="visually-hidden" role="status">{{ said }}</p>
    </div>`,

  props: {
    rows: Array, count: Number, resting: String, wished: Object, views: Array, filters: Array, labels: Object, person: String,
    people: Array, single: Boolean,
  },
  emits: ["wish", "act"],

  data() {
    return {
      items: this.rows, total: this.count, reminder: this.resting, wish: { ...NOTHING, ...this.wished }, own: new Set(),
      busy: {}, asking: false, said: "", now: Date.now(),
    };
  },

  computed: {
    emptiness() {
      const filtered = this.wish.kind || this.wish.organisation;
      return filtered ? this.labels.nothing : this.views?.find((view) => view.id === this.wish.view)?.empty;
    },
  },

  async mounted() {
    this.generation = 0;
    this.clock = setInterval(() => (this.now = Date.now()), MINUTE);
    if (!this.single) addEventListener("popstate", this.goBack);
    this.own = new Set((await allClaims(this.person)).map((claim) => claim.id));
    if (!this.single && this.wish.view === "mine" && this.own.size) this.request();
  },

  unmounted() {
    clearInterval(this.clock);
    removeEventListener("popstate", this.goBack);
  },

  methods: {
    choose(changed) {
      this.wish = { ...this.wish, ...changed };
      history.pushState(history.state, "", this.address(this.wish));
      this.request();
    },

    goBack() {
      if (location.pathname !== "/obstacles") return;
      const wish = { ...NOTHING, ...Object.fromEntries(new URLSearchParams(location.search)) };
      if (this.address(wish) === this.address(this.wish)) return; // a sheet was closed
      this.wish = wish;
      this.request();
    },

    address(wish) {
      const asked = Object.entries(wish).filter(([name, value]) => name in NOTHING && value !== NOTHING[name]);
      return `/obstacles${asked.length ? `?${new URLSearchParams(asked)}` : ""}`;
    },

    // Claims leave the phone for the one view that needs them.
    async request(most) {
      const generation = ++this.generation;
      this.asking = true;
      const claims = this.wish.view === "mine" ? await allClaims(this.person) : [];
      const shown = Object.fromEntries(claims.map(({ id, claim }) => [id, claim]));
      if (generation === this.generation) this.$emit("wish", { ...this.wish, claims: shown, most, generation });
    },

    show(rows, total, reminder, generation) {
      if (generation !== this.generation) return;
      this.items = rows;
      this.total = total;
      this.reminder = reminder;
      this.asking = false;
      this.said = interpolate(this.labels.count, { count: total });
    },

    // What somebody else did, or oneself: one card as it is now. It stays in its place, though it may have left this view.
    put(row) {
      this.settle(row.id);
      const focused = this.focused(row.id);
      this.items = this.items.map((item) => (item.id === row.id ? row : item));
      if (focused) this.$nextTick(() => document.activeElement === document.body && focused.focus({ preventScroll: true }));
    },

    add(row) {
      if (this.items.some((item) => item.id === row.id)) return this.put(row);
      this.items = [{ ...row, arrived: true }, ...this.items];
      this.total += 1;
      this.said = row.text;
    },

    take(id) {
      if (!this.items.some((item) => item.id === id)) return;
      this.items = this.items.filter((item) => item.id !== id);
      this.total -= 1;
    },

    settle(id) {
      delete this.busy[id];
    },

    act(id, deed) {
      if (this.busy[id]) return;
      this.busy[id] = true;
      const { revision } = this.items.find((item) => item.id === id) ?? {};
      this.$emit("act", { id, act: deed, revision });
    },

    focused(id) {
      const card = document.activeElement?.closest("[data-obstacle]");
      return card?.dataset.obstacle === id ? card : null;
    },
  },
};
