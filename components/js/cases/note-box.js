// Write a note to colleagues about a case. Residents never see it.

import { MentionField } from "../entries/mention-field.js";
import { ActDraft } from "./act-draft.js";

export const NoteBox = {
  extends: ActDraft,
  verb: "notes",
  fields: ["text"],
  components: { MentionField },

  template: `
    <form class="casefile-note" novalidate @submit.prevent="send">
      <label :for="id('text')">{{ labels.note }}</label>
      <mention-field :id="id('text')" ref="text" v-model="draft.words" :people="choices.names" :label="labels.names" dir="auto"
                     :aria-invalid="error ? 'true' : null" :aria-describedby="id('help')"></mention-field>
      <p class="entry-flaw" role="alert" v-if="error">{{ error }}</p>
      <p class="entry-hint" :id="id('help')">{{ labels.colleaguesRead }}</p>
      <p class="row">
        <button type="submit" class="press" :aria-disabled="isSending ? 'true' : null">{{ labels.noteButton }}</button>
        <button type="button" class="press" @click="$refs.text.startMention()">{{ labels.mention }}</button>
      </p>
    </form>`,

  methods: {
    emptyDraft() {
      return { words: "" };
    },

    body() {
      return { text: this.draft.words };
    },

    async showError(refused) {
      await ActDraft.methods.showError.call(this, refused);
      this.$refs.text.focus();
    },
  },
};
