// A row of the feed in two lines: what has changed with the beginning of what somebody wrote, and when and where. It leads
// to its case or entry, and a button shows the rest of it here: all words, photos and roots.

import { interpolate } from "haren/lib/interpolate.js";
import { age, dayAndTime, exactTime } from "haren/lib/time.js";

export const FeedRow = {
  template: `
    <article class="feed-row" :data-row="row.id" :data-at="row.at" :class="[row.tone, { arrived: row.arrived }]" :aria-labelledby="'row-' + row.id" tabindex="-1">
      <span class="feed-icon" v-html="row.icon"></span>
      <div class="feed-words">
        <p class="feed-line" :class="{ folded: preview && !isOpen }"><component :is="row.href ? 'a' : 'span'" class="feed-sentence"
          :href="row.href || null" :id="'row-' + row.id">{{ row.sentence }}</component>
          <span class="feed-preview" dir="auto" v-if="preview && !isOpen">{{ preview }}</span></p>
        <p class="feed-where" :class="{ folded: !isOpen }">
          <time :datetime="row.at" :title="exactTime(row.at)">{{ age }}</time>
          <template v-if="row.happened"> · <time class="feed-happened" :datetime="row.happened">{{ happened }}</time></template>
          <template v-for="part in facts"> · <component :is="part.strong ? 'b' : 'span'" :class="part.name">{{ part.text }}</component></template>
          <template v-if="row.link"> · <a :href="row.link.href">{{ row.link.label }}</a></template>
        </p>
        <div class="feed-rest" v-if="isOpen" :id="'rest-' + row.id">
          <p class="feed-text written" dir="auto" v-if="row.text">{{ row.text }}</p>
          <p class="feed-newest written" dir="auto" v-if="about">{{ about }}</p>
          <p class="photos" v-if="row.photos.length">
            <a v-for="photo in row.photos" :key="photo.src" :href="photo.src" target="_blank"><img :src="photo.src" :alt="photo.alt" loading="lazy" width="120" height="90"></a>
          </p>
          <p class="feed-tags" v-if="row.tags.length"><component :is="isSearchable(tag) ? 'a' : 'span'" class="written" v-for="tag in row.tags"
            :href="isSearchable(tag) ? searchUrl(tag) : null">{{ tag }}</component></p>
          <p class="feed-newest written" dir="auto" v-if="newest">{{ newest }}</p>
        </div>
      </div>
      <button type="button" class="feed-unfold" :aria-expanded="isOpen ? 'true' : 'false'" :aria-controls="isOpen ? 'rest-' + row.id : null"
              :aria-label="(isOpen ? labels.fold : labels.unfold) + ': ' + row.sentence" @click="isOpen = !isOpen"></button>
    </article>`,

  props: { row: Object, labels: Object, now: Number },

  data() {
    return { isOpen: false };
  },

  computed: {
    age() {
      return age(this.row.at, this.now, this.labels.justNow);
    },

    happened() {
      return interpolate(this.labels.happened, { when: dayAndTime(this.row.happened, this.now) });
    },

    // What an answer is about stands with it, and a new entry has the newest answer with it.
    about() {
      return this.row.reply ? this.row.entry?.about : "";
    },

    newest() {
      return this.row.logged ? this.row.entry?.newest : "";
    },

    preview() {
      return this.row.text || this.about;
    },

    // What is known about it besides the time: the most useful first, as the end of the line may be hidden.
    facts() {
      const { where, team, case: about, entry, reply, shows } = this.row;
      return [
        { name: "feed-place", text: where || team },
        { name: "feed-reports", text: about?.reports, strong: true },
        { name: "feed-said", text: reply ? "" : entry?.said, strong: true },
        { name: "case-fine", text: about?.fine },
        { name: "feed-steps", text: about?.earlier },
        { name: "feed-photos", text: shows },
        { name: "feed-state", text: about?.state },
        { name: "feed-number", text: about?.number },
        { name: "feed-team", text: where ? team : "" },
      ].filter(({ text }) => text);
    },
  },

  methods: {
    exactTime,
    searchUrl,

    // Roots and partners lead to what else has them; that something was taken back leads nowhere. What may be a personal
    // identity number can't be found, and belongs in no address.
    isSearchable(tag) {
      return !this.row.reply && !this.row.entry?.withdrawn && tag.replace(/\D/g, "").length < 10 && !tag.includes("•");
    },
  },
};

function searchUrl(words) {
  return `/search?${new URLSearchParams({ q: words })}`;
}
