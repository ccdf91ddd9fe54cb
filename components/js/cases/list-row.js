// A case in two lines: the thing and its problem, and how it stands.

import { age, exactTime } from "../lib/time.js";

export const ListRow = {
  template: `
    <li class="caserow" :class="[row.tone + '-tone', { current: isCurrent, gone: !row.rank, arrived: row.arrived, chosen: isChosen }]" :data-row="row.id" :data-at="row.order" :data-presses="row.id">
      <label class="caserow-choice" v-if="isSelecting">
        <input type="checkbox" :checked="isChosen" :disabled="!row.open" @change="$emit('choose')">
        <span class="visually-hidden">{{ name }}</span></label>
      <span class="caserow-icon" v-html="row.icon"></span>
      <a class="caserow-words" :href="row.href" :aria-current="isCurrent ? 'true' : null" @click="onClick">
        <span class="caserow-name"><span><b>{{ row.thing }}</b> {{ row.problem }}</span>
          <time :datetime="row.since" :title="exactTime(row.since)">{{ age }}</time></span>
        <span class="caserow-facts">
          <span class="caserow-state" :class="row.state"><span v-html="row.stateIcon"></span>{{ row.stateWord }}</span>
          <span class="caserow-late" v-if="row.late">{{ row.late }}</span>
          <span v-if="row.waits">{{ row.waits }}</span>
          <span class="caserow-promise" v-if="row.promised">{{ row.promised }}</span>
          <span v-if="!byPlace">{{ row.place }}</span>
          <span v-if="row.whose" :class="{ 'caserow-mine': row.mine }">{{ row.whose }}</span>
        </span>
      </a>
    </li>`,

  props: { row: Object, labels: Object, now: Number, isCurrent: Boolean, isSelecting: Boolean, isChosen: Boolean, byPlace: Boolean },
  emits: ["open", "choose"],

  computed: {
    age() {
      return age(this.row.since, this.now, this.labels.justNow);
    },
    name() {
      return [this.row.thing, this.row.problem, this.row.place].filter(Boolean).join(", ");
    },
  },

  methods: {
    exactTime,

    // A new tab, say, is the browser's own.
    onClick(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      this.$emit("open", event);
    },
  },
};
