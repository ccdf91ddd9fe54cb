// Search while somebody types. What is looked for is in the address, so that a reload and the way back show the same.

import { callApi } from "haren/lib/api.js";
import { formatDate } from "haren/lib/time.js";
import { interpolate } from "haren/lib/interpolate.js";
import { followPlace, markEntry, placeBefore, scrollToPlace } from "haren/lib/scroll-place.js";
import { isSearchKeyOn, turnSearchKey } from "haren/shell/search-key.js";
import { SearchHit } from "haren/search/search-hit.js";

const PAUSE = 200; // milliseconds after the last letter
const ASK_AGAIN = 2_000; // milliseconds, while the server is still reading the words
const LOAD_MARGIN = "600px";

export default {
  components: { SearchHit },

  template: `
    <div class="search">
      <form class="search-form" role="search" action="/search" @submit.prevent="searchNow">
        <label class="search-label"><span>{{ labels.field }}</span>
          <input class="search-input" ref="field" type="search" v-model="chosen.q" :maxlength="longest" autocomplete="off" enterkeyhint="search"
                 :aria-describedby="error ? 'search-error' : null" :aria-invalid="error ? 'true' : null" @input="searchSoon"></label>
        <p class="search-error" id="search-error" role="alert" v-if="error">{{ error }}</p>
        <div class="search-kinds" role="group" :aria-label="labels.kinds">
          <button type="button" class="press" v-for="kind in [{ value: '', label: labels.everything }, ...kinds]" :key="kind.value"
                  :aria-pressed="chosen.kind === kind.value ? 'true' : 'false'" @click="choose('kind', kind.value)">{{ kind.label }}</button>
        </div>
        <details class="search-filters" :open="isNarrowed">
          <summary>{{ labels.more }}</summary>
          <div class="filters">
            <label class="chooser"><span class="chooser-label">{{ labels.team }}</span>
              <select v-model="chosen.team" @change="searchNow"><option value="">{{ labels.everyTeam }}</option>
                <option v-for="team in teams" :key="team.value" :value="team.value">{{ team.label }}</option></select></label>
            <label class="chooser"><span class="chooser-label">{{ labels.site }}</span>
              <select v-model="chosen.site" @change="searchNow"><option value="">{{ labels.everyPlace }}</option>
                <option v-for="site in sites" :key="site.value" :value="site.value">{{ site.label }}</option></select></label>
            <label class="search-day"><span>{{ labels.since }}</span><input type="date" v-model="chosen.since" @change="searchNow"></label>
            <label class="search-day"><span>{{ labels.until }}</span><input type="date" v-model="chosen.until" @change="searchNow"></label>
          </div>
        </details>
      </form>
      <p class="notice" v-if="words && !isComplete">{{ labels.building }}</p>
      <p class="quiet search-count" role="status">{{ count }}</p>
      <section class="search-none" v-if="words && isComplete && !hits.length && answered === words && !error">
        <p>{{ none }}</p>
        <p class="quiet">{{ filterWords ? narrowed : labels.noneHint }}</p>
        <button type="button" class="press" v-if="filterWords" @click="dropFilters">{{ labels.drop }}</button>
      </section>
      <ol class="search-hits" :aria-label="labels.hits" :aria-busy="isLoading">
        <search-hit v-for="hit in hits" :key="hit.kind + hit.id" :hit="hit" :icon="icons[hit.kind]" :labels="labels" :now="now"></search-hit>
      </ol>
      <div ref="end" class="feed-end" v-show="cursor">{{ labels.loading }}</div>
      <section class="search-help" v-if="!words">
        <p>{{ labels.what }}</p>
        <ul><li v-for="example in examples" :key="example.query"><span>{{ example.label }}</span> <a :href="addressOf({ q: example.query })">{{ example.query }}</a></li></ul>
        <p class="quiet search-key">{{ hasKey ? labels.keyOn : labels.keyOff }}
          <button type="button" class="long-more" @click="turnKey">{{ hasKey ? labels.turnOff : labels.turnOn }}</button></p>
      </section>
    </div>`,

  props: {
    start: Object,
    page: Object,
    refused: String,
    longest: Number,
    kinds: Array,
    teams: Array,
    sites: Array,
    icons: Object,
    labels: Object,
  },

  data() {
    return {
      chosen: { ...this.start },
      hits: this.page?.hits ?? [],
      cursor: this.page?.older ?? null,
      isComplete: this.page?.complete ?? true,
      error: this.refused,
      answered: this.page ? this.start.q.trim() : "",
      isLoading: false,
      hasKey: isSearchKeyOn(),
      now: Date.now(),
    };
  },

  computed: {
    words() {
      return this.chosen.q.trim();
    },

    isNarrowed() {
      const { team, site, since, until } = this.start;
      return Boolean(team || site || since || until);
    },

    count() {
      if (!this.hits.length || !this.words) return "";
      if (this.cursor) return interpolate(this.labels.manyMore, { count: this.hits.length });
      return this.hits.length === 1 ? this.labels.one : interpolate(this.labels.many, { count: this.hits.length });
    },

    none() {
      return interpolate(this.labels.none, { words: this.words });
    },

    filterWords() {
      const { kind, team, site, since, until } = this.chosen;
      const named = [[this.kinds, kind], [this.teams, team], [this.sites, site]].map(([options, value]) => options.find((one) => one.value === value)?.label);
      const days = [[this.labels.since, since], [this.labels.until, until]].map(([label, day]) => day && `${label} ${formatDate(day)}`);
      return [...named, ...days].filter(Boolean).join(", ");
    },

    narrowed() {
      return interpolate(this.labels.narrowed, { filters: this.filterWords });
    },

    examples() {
      const year = new Date().getFullYear();
      return [
        { label: this.labels.exampleWords, query: this.labels.words },
        { label: this.labels.exampleNumber, query: `${year}-1` },
        { label: this.labels.exampleCode, query: "K7M 2QR" },
      ];
    },
  },

  created() {
    this.generation = 0;
  },

  mounted() {
    this.placeBefore = placeBefore();
    this.stopFollowing = followPlace(".search-hit");
    this.observer = new IntersectionObserver(([end]) => end.isIntersecting && this.loadMore(), { rootMargin: LOAD_MARGIN });
    this.observer.observe(this.$refs.end);
    if (!this.words) this.$refs.field.focus({ preventScroll: true });
    this.returnToPlace();
    this.askAgainLater();
  },

  unmounted() {
    this.stopFollowing();
    this.observer.disconnect();
    clearTimeout(this.timer);
    clearTimeout(this.againTimer);
  },

  methods: {
    searchSoon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.searchNow, PAUSE);
    },

    choose(filter, value) {
      this.chosen[filter] = value;
      this.searchNow();
    },

    dropFilters() {
      Object.assign(this.chosen, { kind: "", team: "", site: "", since: "", until: "" });
      this.searchNow();
      this.$refs.field.focus();
    },

    // Only the answer to what was asked last is shown.
    async searchNow() {
      clearTimeout(this.timer);
      const generation = (this.generation += 1);
      const words = this.words;
      this.placeBefore = null;
      history.replaceState(history.state, "", this.addressOf(this.chosen));
      markEntry();
      if (!words) return this.show({ hits: [], older: null, complete: true }, words);
      this.isLoading = true;
      const { data, error } = await this.ask();
      if (generation !== this.generation) return;
      this.isLoading = false;
      if (data) this.show(data, words);
      else this.error = error;
    },

    show({ hits, older, complete }, words) {
      Object.assign(this, { hits, cursor: older, isComplete: complete, answered: words, error: "", isLoading: false, now: Date.now() });
      this.askAgainLater();
      this.observeAgain();
    },

    async loadMore() {
      if (this.isLoading || !this.cursor) return;
      this.isLoading = true;
      const { generation } = this;
      const { data, error } = await this.ask(this.cursor);
      if (generation !== this.generation) return;
      this.isLoading = false;
      if (!data) return void (this.error = error);
      const known = new Set(this.hits.map(({ kind, id }) => kind + id));
      this.hits.push(...data.hits.filter(({ kind, id }) => !known.has(kind + id)));
      this.cursor = data.older;
      this.returnToPlace();
      this.observeAgain();
    },

    ask(before = "") {
      return callApi(`/api/v1/search?${parameters({ ...this.chosen, before })}`, {}, this.labels);
    },

    addressOf(chosen) {
      const query = parameters(chosen);
      return query ? `/search?${query}` : "/search";
    },

    // Go on where somebody left the list. Further pages are loaded until the row is there.
    async returnToPlace() {
      const place = this.placeBefore;
      if (!place) return;
      await this.$nextTick();
      const row = this.$el.querySelector(`[data-row="${CSS.escape(place.id)}"]`);
      if (!row && this.cursor) return void this.loadMore();
      this.placeBefore = null;
      if (row) scrollToPlace(row, place.offset);
    },

    askAgainLater() {
      clearTimeout(this.againTimer);
      if (this.words && !this.isComplete) this.againTimer = setTimeout(this.searchNow, ASK_AGAIN);
    },

    // An IntersectionObserver reports changes only.
    observeAgain() {
      this.$nextTick(() => {
        this.observer.unobserve(this.$refs.end);
        this.observer.observe(this.$refs.end);
      });
    },

    turnKey() {
      this.hasKey = turnSearchKey();
    },
  },
};

function parameters(chosen) {
  return new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
}
