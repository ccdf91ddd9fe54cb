// Decline a case that somebody has handed over, with a word why.

import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { WordsField } from "./words-field.js";

export const DeclineSheet = {
  extends: ActDraft,
  verb: "decline",
  fields: ["words"],
  components: { ActSheet, WordsField },

  template: `
    <act-sheet ref="sheet" :title="labels.decline" :button="labels.declineButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <words-field ref="words" :id="id('words')" v-model="draft.words" :label="labels.declineWords" :hint="labels.colleaguesRead" :flaw="flawOf('words')" :labels="labels"></words-field>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  methods: {
    emptyDraft() {
      return { words: "" };
    },

    body() {
      return { words: this.draft.words };
    },
  },
};
