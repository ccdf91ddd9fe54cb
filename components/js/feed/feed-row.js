// A row of the feed in two lines: what has changed with the beginning of what somebody wrote, and when and where. A
// button shows the rest: all words, photos and roots.

import { interpolate } from "haren/lib/interpolate.js";
import { ago, dayAndTime, exactTime } from "haren/lib/time.js";

export const FeedRow = {
  template: `
    <article class="feed-row" :data-row="row.id" :data-at="row.at" :class="[row.tone, { arrived: row.arrived }]" :aria-labelledby="'row-' + row.id" tabindex="-1">
      <span class="feed-icon" v-html="row.icon"></span>
      <div class="feed-words">
        <p class="feed-line" :class="{ folded: preview && !isOpen }"><span class="feed-sentence written" :id="'row-' + row.id">{{ row.sentence }}</span>
          <span class="feed-preview written" dir="auto" v-if="preview && !isOpen">{{ preview }}</span></p>
        <div class="feed-rest" v-if="hasMore && isOpen" :id="'rest-' + row.id">
          <p class="feed-text written" dir="auto" v-if="row.text">{{ row.text }}</p>
          <p class="feed-newest written" dir="auto" v-if="about">{{ about }}</p>
          <p class="photos" v-if="row.photos.length">
            <a v-for="photo in row.photos" :key="photo.src" :href="photo.src" target="_blank"><img :src="photo.src" :alt="photo.alt" loading="lazy" width="120" height="90"></a>
          </p>
          <p class="feed-tags" v-if="row.tags.length"><span class="written" v-for="tag in row.tags">{{ tag }}</span></p>
          <p class="feed-newest written" dir="auto" v-if="newest">{{ newest }}</p>
        </div>
        <p class="feed-where">
          <time :datetime="row.at" :title="exactTime(row.at)">{{ age }}</time>
          <template v-if="row.happened"> · <time class="feed-happened" :datetime="row.happened">{{ happened }}</time></template>
          <template v-if="row.where"> · {{ row.where }}</template>
          <template v-if="row.case"> · {{ row.case.state }} · <b class="feed-reports">{{ row.case.reports }}</b></template>
          <template v-if="row.case && row.case.fine"> · <b class="case-fine">{{ row.case.fine }}</b></template>
          <template v-if="row.shows"> · {{ row.shows }}</template>
          <template v-if="row.entry && row.entry.said && !row.reply"> · <b class="feed-said">{{ row.entry.said }}</b></template>
          <template v-if="row.case"> · <a class="feed-case" :href="row.case.href" :aria-label="labels.open + ': ' + caseLink + ', ' + row.sentence">{{ caseLink }}</a></template>
          <template v-if="row.entry"> · <a :href="row.entry.href" :aria-label="labels.open + ': ' + row.sentence">{{ labels.open }}</a></template>
          <template v-if="row.link"> · <a :href="row.link.href">{{ row.link.label }}</a></template>
        </p>
      </div>
      <button type="button" class="feed-unfold" v-if="hasMore" :aria-expanded="isOpen ? 'true' : 'false'" :aria-controls="isOpen ? 'rest-' + row.id : null"
              :aria-label="(isOpen ? labels.fold : labels.unfold) + ': ' + row.sentence" @click="isOpen = !isOpen"></button>
    </article>`,

  props: { row: Object, labels: Object, now: Number },

  data() {
    return { isOpen: false };
  },

  computed: {
    age() {
      return ago(this.row.at, this.now, this.labels.justNow);
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

    hasMore() {
      return Boolean(this.preview || this.newest || this.row.photos.length || this.row.tags.length);
    },

    caseLink() {
      return [this.row.case.number, this.row.case.earlier].filter(Boolean).join(" · ");
    },
  },

  methods: { exactTime },
};
