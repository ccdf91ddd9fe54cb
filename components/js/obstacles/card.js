// The card of an obstacle: its text, who shares it, its steps and what can be done.

import { interpolate } from "../lib/interpolate.js";
import { ago, exactTime, formatDate } from "../lib/time.js";
import LongText from "../ui/long_text.js";
import { PossibilityForm } from "./possibility-form.js";

export const ObstacleCard = {
  components: { LongText, PossibilityForm },

  template: `
    <article class="obstacle" :class="[row.state.id, { arrived: row.arrived }]" tabindex="-1"
             :aria-labelledby="single ? null : 'obstacle-' + row.id" :aria-label="single ? row.state.word : null"
             :data-obstacle="row.id" :data-row="single ? null : row.id">
      <p class="obstacle-head">
        <span class="obstacle-state"><span v-html="row.state.icon"></span>{{ row.state.word }}</span>
        <span class="obstacle-kind" v-if="row.kind">{{ row.kind.label }}</span>
        <span class="obstacle-own" v-if="own || row.mine">{{ labels.yours }}</span>
      </p>
      <p class="obstacle-rests" v-if="row.rests">{{ row.rests }}</p>
      <template v-if="!single">
        <long-text class="obstacle-text" :id="'obstacle-' + row.id" :labels="labels">{{ row.text }}</long-text>
        <long-text class="obstacle-more-words" v-if="row.hits" :labels="labels"><b>{{ labels.hits }}</b> <bdi>{{ row.hits }}</bdi></long-text>
        <long-text class="obstacle-more-words" v-if="row.tried" :labels="labels"><b>{{ labels.tried }}</b> <bdi>{{ row.tried }}</bdi></long-text>
        <p class="obstacle-where">
          <time :datetime="row.at" :title="exactTime(row.at)">{{ age(row.at) }}</time> · {{ row.by }}
          <template v-if="row.veiled"> · {{ row.veiled }}</template><template v-if="row.place"> · {{ row.place }}</template>
        </p>
      </template>
      <p class="obstacle-raised written" v-if="row.raised">{{ raisedWords }}</p>
      <ul class="obstacle-chips" v-if="row.sharing.words || row.pattern || row.possibilities">
        <li class="obstacle-shares" v-if="row.sharing.words">{{ row.sharing.words }}</li>
        <li class="obstacle-organisation" :class="{ other: one.other }" v-for="one in row.sharing.organisations" :key="one.name"
            >{{ one.name }}: {{ one.count }}</li>
        <li class="obstacle-pattern" v-if="row.pattern">{{ row.pattern.words }}</li>
        <li v-if="row.possibilities">{{ row.possibilities.words }}</li>
      </ul>
      <p class="obstacle-actions">
        <button class="press" v-if="!own && !row.mine && !isClosed" :aria-pressed="row.shared ? 'true' : 'false'"
                :aria-label="labelFor(labels.meToo)" :aria-disabled="busy ? 'true' : null"
                @click="$emit('act', row.shared ? 'unshare' : 'share')">{{ labels.meToo }}</button>
        <button class="press" v-if="!single" :aria-expanded="isAnswering ? 'true' : 'false'" :aria-label="labelFor(labels.yesAnd)"
                @click="toggleAnswering">{{ labels.yesAnd }}</button>
        <button class="press" v-if="!single" :aria-expanded="isOpen ? 'true' : 'false'" :aria-label="labelFor(labels.next)" @click="isOpen = !isOpen">{{ labels.next }}</button>
      </p>
      <possibility-form v-if="isAnswering" ref="box" :entry="row.id" :person="person" :people="people" :labels="labels" @added="onAdded"></possibility-form>
      <div class="obstacle-inside" v-if="isOpen">
        <p class="obstacle-acts" :data-presses="row.id">
          <button class="press" v-for="one in row.acts" :key="one.act" :class="{ spent: one.spent }" :aria-label="labelFor(one.label)"
                  :aria-disabled="busy || one.spent ? 'true' : null" @click="one.spent || $emit('act', one.act)">{{ one.label }}</button>
        </p>
        <ul class="obstacle-possibilities" v-if="row.possibilities && !single">
          <li v-for="one in row.possibilities.newest" :key="one.at"><long-text :labels="labels">{{ one.text }}</long-text>
            <span class="quiet">{{ one.by }} · <time :datetime="one.at" :title="exactTime(one.at)">{{ age(one.at) }}</time></span></li>
        </ul>
        <details class="obstacle-letter" v-if="row.raised">
          <summary>{{ labels.letter }}</summary>
          <p class="written" dir="auto">{{ row.raised.words }}</p>
        </details>
        <p class="obstacle-hint" v-if="row.kind && row.kind.hint"><b>{{ row.kind.label }}.</b> {{ row.kind.hint }}</p>
        <p class="obstacle-hint" v-if="row.sharing.names"><b>{{ labels.sharedBy }}</b> {{ row.sharing.names }}</p>
        <template v-if="row.pattern">
          <p class="obstacle-hint"><b>{{ row.pattern.words }}:</b> {{ row.pattern.teams }}</p>
          <ul class="obstacle-others"><li v-for="other in row.pattern.others" :key="other.href"><a class="written" dir="auto" :href="other.href">{{ other.text }}</a></li></ul>
          <p><button class="press" :aria-label="labelFor(labels.notTheSame)" :aria-disabled="busy ? 'true' : null"
                     @click="$emit('act', 'unlink')">{{ labels.notTheSame }}</button></p>
        </template>
        <ol class="obstacle-steps" v-if="row.steps.length">
          <li v-for="step in row.steps"><b>{{ step.words }}</b> · {{ step.by }} · <time :datetime="step.at" :title="exactTime(step.at)">{{ age(step.at) }}</time>
            <long-text class="obstacle-step-text" v-if="step.text" :labels="labels">{{ step.text }}</long-text></li>
        </ol>
        <p v-if="!single"><a class="obstacle-open" :href="row.href" :aria-label="labelFor(labels.open)">{{ labels.open }}</a></p>
      </div>
    </article>`,

  props: { row: Object, labels: Object, now: Number, person: String, people: Array, busy: Boolean, own: Boolean, single: Boolean },
  emits: ["act"],

  data() {
    return { isOpen: this.single, isAnswering: false };
  },

  computed: {
    isClosed() {
      return this.row.state.id === "removed" || this.row.state.id === "worked_around";
    },

    raisedWords() {
      return interpolate(this.labels.raised, { to: this.row.raised.to, day: formatDate(this.row.raised.day) });
    },
  },

  methods: {
    exactTime,

    age(iso) {
      return ago(iso, this.now, this.labels.justNow);
    },

    // Tells the button from those of other cards for screen readers.
    labelFor(label) {
      const text = this.row.text.replace(/\s+/g, " ");
      return `${label}: ${text.length > 60 ? `${text.slice(0, 60)} …` : text}`;
    },

    onAdded() {
      this.isAnswering = false;
      this.isOpen = true;
      this.$nextTick(() => this.$el.focus({ preventScroll: true }));
    },

    async toggleAnswering() {
      this.isAnswering = !this.isAnswering;
      await this.$nextTick();
      this.$refs.box?.focus();
    },
  },
};
