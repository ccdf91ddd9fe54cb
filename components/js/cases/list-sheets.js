// The forms for several cases at once. They ask what those of one case ask, and hand it to the list, which sends it.

import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { AssignSheet } from "./assign-sheet.js";
import { PromiseSheet } from "./promise-sheet.js";
import { RadioChoices } from "./radio-choices.js";
import { WordsField } from "./words-field.js";

const WITH_REASON = ["not_ours", "cannot"];

// Hand the answer on, unless something is missing: `missing` returns the field and the sentence then.
const handingOn = {
  emits: ["chosen", "closed"],

  methods: {
    async attempt() {
      const flaw = this.missing();
      if (flaw) return { ...flaw, status: 422 };
      this.$emit("chosen", { verb: this.$options.verb, body: this.body() });
      return { data: { act: "" } };
    },
  },
};

export const SeveralAssign = {
  extends: AssignSheet,
  mixins: [handingOn],
  verb: "assign",
  fields: ["person_id", "team_id"],

  methods: {
    missing() {
      return this.draft.to ? null : { field: "person_id", error: this.labels.chooseSomebody };
    },
  },
};

export const SeveralPromise = {
  extends: PromiseSheet,
  mixins: [handingOn],
  verb: "promise",
  fields: ["day"],

  methods: {
    missing() {
      return this.body().day ? null : { field: "day", error: this.labels.chooseDay };
    },
  },
};

export const SeveralClose = {
  extends: ActDraft,
  mixins: [handingOn],
  verb: "close",
  fields: ["outcome", "words"],
  components: { ActSheet, RadioChoices, WordsField },

  template: `
    <act-sheet ref="sheet" :title="labels.close" :button="labels.closeButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <radio-choices ref="outcome" :name="id('outcome')" :legend="labels.outcome" :choices="item.outcomes" v-model="draft.outcome" :flaw="flawOf('outcome')"></radio-choices>
      <words-field v-if="draft.outcome" ref="words" :id="id('words')" v-model="draft.words" :label="labels.wordsFor[draft.outcome]"
                   :hint="isReasonShown ? labels.alwaysShown : labels.optional" :flaw="flawOf('words')" :answers="[]" :labels="labels"></words-field>
      <label class="act-switch" v-if="draft.outcome"><input type="checkbox" v-model="draft.public"><span>{{ labels.residentsMaySee }}</span></label>
    </act-sheet>`,

  computed: {
    isReasonShown() {
      return WITH_REASON.includes(this.draft.outcome);
    },
  },

  methods: {
    emptyDraft() {
      return { outcome: "", words: "", public: false };
    },

    body() {
      return { outcome: this.draft.outcome, words: this.draft.words, public: this.draft.public };
    },

    missing() {
      if (!this.draft.outcome) return { field: "outcome", error: this.labels.chooseOutcome };
      return this.isReasonShown && !this.draft.words.trim() ? { field: "words", error: this.labels.writeWhy } : null;
    },
  },
};
