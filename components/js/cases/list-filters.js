// The views, the search and the filters above the list of cases.

import { addressOf, FILTERS, filterCount } from "./list-query.js";

const MOST_COUNTED = 999; // the server counts one more
const TYPING = 350; // milliseconds without a key after which words are looked for

export const ListFilters = {
  template: `
    <div class="caselist-head">
      <nav class="tabs" :aria-label="labels.views">
        <a v-for="view in views" :key="view.id" :href="addressOf({ ...query, view: view.id, case: '' })" :aria-current="view.id === query.view ? 'page' : null"
           @click.exact.prevent="$emit('choose', { view: view.id })">{{ view.label }}<span class="caselist-count">{{ countOf(view.id) }}</span></a>
      </nav>
      <div class="caselist-tools">
        <div class="caselist-search"><label class="visually-hidden" for="cases-q">{{ labels.search }}</label>
          <input id="cases-q" type="search" maxlength="200" autocomplete="off" enterkeyhint="search" :placeholder="labels.search" v-model="typed"
                 @input="searchSoon" @keydown.enter.prevent="search" @change="search"></div>
        <button type="button" class="press" :aria-expanded="isOpen ? 'true' : 'false'" aria-controls="cases-filters" @click="isOpen = !isOpen">{{ labels.filter }}<span
          class="caselist-count" v-if="count">{{ count }}</span></button>
        <button type="button" class="press" v-if="query.view !== 'closed'" :aria-pressed="query.by ? 'true' : 'false'"
                @click="$emit('choose', { by: query.by ? '' : 'place' })">{{ labels.byPlace }}</button>
        <button type="button" class="press" v-if="query.view !== 'closed'" :aria-pressed="isSelecting ? 'true' : 'false'" @click="$emit('select')">{{ labels.select }}</button>
      </div>
      <p class="caselist-chips" v-if="chips.length && !isOpen" role="group" :aria-label="labels.filter">
        <button type="button" class="press" v-for="chip in chips" :key="chip.id" :aria-label="labels.remove + ': ' + chip.label"
                @click="$emit('choose', { [chip.id]: '' })">{{ chip.label }} <span aria-hidden="true">✕</span></button></p>
      <div id="cases-filters" class="caselist-filters" v-show="isOpen">
        <div class="chooser" v-for="filter in shown" :key="filter.id">
          <label class="chooser-label" :for="'cases-' + filter.id">{{ filter.label }}</label>
          <select :id="'cases-' + filter.id" :value="query[filter.id]" @change="$emit('choose', { [filter.id]: $event.target.value })">
            <option v-for="choice in filter.choices" :key="choice.id" :value="choice.id">{{ choice.label }}</option>
          </select>
        </div>
        <div class="caselist-day" v-for="day in days" :key="day.id"><label :for="'cases-' + day.id">{{ day.label }}</label>
          <input type="date" :id="'cases-' + day.id" :value="query[day.id]" @change="$emit('choose', { [day.id]: $event.target.value })"></div>
        <p class="caselist-files">
          <button type="button" class="press" v-if="count" @click="$emit('choose', nothing)">{{ labels.clear }}</button>
          <a class="press" v-for="file in files" :key="file.href" :href="file.href" download>{{ file.label }}</a>
        </p>
      </div>
    </div>`,

  props: { query: Object, counts: Object, views: Array, filters: Array, isSelecting: Boolean, labels: Object },
  emits: ["choose", "select"],

  data() {
    return { isOpen: false, typed: this.query.q };
  },

  computed: {
    count() {
      return filterCount(this.query);
    },
    // Of the states only those that the view can have.
    shown() {
      const choosers = this.filters.filter((filter) => filter.choices);
      return choosers.map((filter) => ({ ...filter, choices: filter.choices.filter(({ views }) => !views || views.includes(this.query.view)) }));
    },
    // The filters that are on, in words.
    chips() {
      const chosen = this.filters.filter(({ id }) => this.query[id]);
      return chosen.map(({ id, label, choices }) => {
        const choice = choices?.find((one) => one.id === this.query[id]);
        return { id, label: choice ? choice.label : `${label} ${this.query[id]}` };
      });
    },
    days() {
      return this.filters.filter((filter) => !filter.choices);
    },
    files() {
      const query = { ...this.query, case: "" };
      return [["/cases.xlsx", this.labels.excel], ["/cases.csv", this.labels.csv]].map(([path, label]) => ({ href: addressOf(query, path), label }));
    },
    nothing() {
      return Object.fromEntries(FILTERS.map((name) => [name, ""]));
    },
  },

  watch: {
    "query.q"(words) {
      if (words !== this.typed.trim()) this.typed = words;
    },
  },

  unmounted() {
    clearTimeout(this.typing);
  },

  methods: {
    addressOf,

    countOf(view) {
      const count = this.counts[view] ?? "";
      return count > MOST_COUNTED ? `${MOST_COUNTED}+` : count;
    },

    searchSoon() {
      clearTimeout(this.typing);
      this.typing = setTimeout(this.search, TYPING);
    },

    search() {
      clearTimeout(this.typing);
      if (this.typed.trim() !== this.query.q) this.$emit("choose", { q: this.typed.trim() });
    },
  },
};
