// Something that was found: what it is, its name, a part of its text with the words marked, and where and when it was.

import { agoOrDate, exactTime } from "haren/lib/time.js";

const Pieces = {
  template: `<template v-for="piece in pieces"><mark v-if="piece.match">{{ piece.text }}</mark><template v-else>{{ piece.text }}</template></template>`,
  props: { pieces: Array },
};

export const SearchHit = {
  components: { Pieces },

  template: `
    <li class="search-hit" :data-row="hit.kind + '-' + hit.id">
      <span class="feed-icon" v-html="icon"></span>
      <a class="search-link" :href="hit.url">
        <span class="search-about">{{ hit.about }}</span>
        <b class="search-name" dir="auto" v-if="hit.name.length"><pieces :pieces="hit.name"></pieces></b>
        <span class="search-excerpt written" dir="auto" v-if="hit.excerpt.length"><pieces :pieces="hit.excerpt"></pieces></span>
        <span class="search-where" v-if="where">{{ where }}<template v-if="hit.at"> · <time :datetime="hit.at" :title="exactTime(hit.at)">{{ age }}</time></template></span>
        <span class="search-where" v-else-if="hit.at"><time :datetime="hit.at" :title="exactTime(hit.at)">{{ age }}</time></span>
      </a>
    </li>`,

  props: { hit: Object, icon: String, labels: Object, now: Number },

  computed: {
    age() {
      return agoOrDate(this.hit.at, this.now, this.labels.justNow);
    },

    // A place is its own, and what a thing or a colleague is says already where they belong.
    where() {
      const { kind, site, team } = this.hit;
      const names = { place: [team], thing: [team], person: [] }[kind] ?? [site, team];
      return names.map((named) => named?.name).filter(Boolean).join(" · ");
    },
  },

  methods: { exactTime },
};
