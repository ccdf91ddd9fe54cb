// A row of the feed: what has changed, the words that somebody wrote, and the buttons of a case.

import { CaseActions } from "haren/feed/case-actions.js";
import { interpolate } from "haren/lib/interpolate.js";
import { ago, dayAndTime, exactTime } from "haren/lib/time.js";
import LongText from "haren/ui/long_text.js";

export const FeedRow = {
  components: { CaseActions, LongText },

  template: `
    <article class="feed-row" :data-row="row.id" :data-at="row.at" :class="[row.tone, { arrived: row.arrived }]" :aria-labelledby="'row-' + row.id" tabindex="-1">
      <span class="feed-icon" v-html="row.icon"></span>
      <div class="feed-words">
        <p class="feed-sentence written" :id="'row-' + row.id">{{ row.sentence }}</p>
        <long-text class="feed-text" v-if="row.text" :labels="labels">{{ row.text }}</long-text>
        <p class="feed-newest written" dir="auto" v-if="row.reply && row.entry && row.entry.about">{{ row.entry.about }}</p>
        <p class="photos" v-if="row.photo">
          <a :href="row.photo.src" target="_blank"><img :src="row.photo.src" :alt="row.photo.alt" loading="lazy" width="120" height="90"></a>
        </p>
        <p class="photos" v-if="row.entry && !row.reply && row.entry.photos.length">
          <a v-for="photo in row.entry.photos" :key="photo.src" :href="photo.src" target="_blank"><img :src="photo.src" :alt="photo.alt" loading="lazy" width="120" height="90"></a>
        </p>
        <p class="feed-tags" v-if="row.tags.length"><span class="written" v-for="tag in row.tags">{{ tag }}</span></p>
        <p class="feed-newest written" dir="auto" v-if="row.logged && row.entry && row.entry.newest">{{ row.entry.newest }}</p>
        <p class="feed-where">
          <time :datetime="row.at" :title="exactTime(row.at)">{{ age }}</time>
          <template v-if="row.happened"> · <time class="feed-happened" :datetime="row.happened">{{ happened }}</time></template>
          <template v-if="row.where"> · {{ row.where }}</template>
          <template v-if="row.case"> · {{ row.case.number }} · {{ row.case.state }} · <b class="feed-reports">{{ row.case.reports }}</b></template>
          <template v-if="row.entry && row.entry.said && !row.reply"> · <b class="feed-said">{{ row.entry.said }}</b></template>
          <template v-if="row.entry"> · <a :href="row.entry.href" :aria-label="labels.open + ': ' + row.sentence">{{ labels.open }}</a></template>
          <template v-if="row.link"> · <a :href="row.link.href">{{ row.link.label }}</a></template>
        </p>
        <p class="case-fine" v-if="row.case && row.case.open && row.case.fine">{{ row.case.fine }}</p>
        <case-actions v-if="hasButtons" :item="row.case" :labels="labels" :busy="busy"
                      :undoable="!row.case.open && undoable" @act="$emit('act', $event)"></case-actions>
      </div>
    </article>`,

  props: { row: Object, labels: Object, now: Number, busy: Boolean, hasButtons: Boolean, undoable: Boolean },
  emits: ["act"],

  computed: {
    age() {
      return ago(this.row.at, this.now, this.labels.justNow);
    },

    happened() {
      return interpolate(this.labels.happened, { when: dayAndTime(this.row.happened, this.now) });
    },
  },

  methods: { exactTime },
};
