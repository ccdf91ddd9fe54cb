// Promise residents a day.

import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { RadioChoices } from "./radio-choices.js";

const ANOTHER = "another";

export const PromiseSheet = {
  extends: ActDraft,
  verb: "promise",
  fields: ["day"],
  components: { ActSheet, RadioChoices },

  template: `
    <act-sheet ref="sheet" :title="labels.promise" :button="labels.promiseButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <p class="quiet">{{ labels.promiseHint }}</p>
      <radio-choices ref="choices" :name="id('day')" :legend="labels.promiseWhen" :choices="days" v-model="draft.choice"></radio-choices>
      <div class="act-field" v-if="draft.choice === 'another'">
        <label :for="id('date')">{{ labels.day }}</label>
        <input type="date" :id="id('date')" ref="day" v-model="draft.day" :min="item.days[0].id" :aria-invalid="flawOf('day') ? 'true' : null">
      </div>
      <p class="entry-flaw" role="alert" v-if="flawOf('day')">{{ flawOf("day") }}</p>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  computed: {
    days() {
      return [...this.item.days, { id: ANOTHER, label: this.labels.anotherDay }];
    },
  },

  methods: {
    emptyDraft() {
      return { choice: "", day: "" };
    },

    lacking() {
      return this.body().day ? "" : "day";
    },

    body() {
      const { choice, day } = this.draft;
      return { day: choice === ANOTHER ? day : choice, seen: this.item.revision };
    },
  },
};
