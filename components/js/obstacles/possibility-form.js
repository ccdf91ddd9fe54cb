// The form for adding a possibility to an obstacle. It begins with "Yes, and …"; there is none for a "no, but".

import { MentionField } from "../entries/mention-field.js";
import { ReplyDraft } from "../entries/reply-draft.js";
import { createId } from "../lib/ids.js";

export const PossibilityForm = {
  extends: ReplyDraft,
  components: { MentionField },

  template: `
    <form class="yes-and" novalidate @submit.prevent="send">
      <label :for="'yes-and-' + entry"><b>{{ labels.yesAnd }}</b> {{ labels.possibility }}</label>
      <mention-field :id="'yes-and-' + entry" ref="text" v-model="draft.text" :people="people" :label="labels.names"
                    :aria-invalid="error ? 'true' : null" :aria-describedby="'yes-and-trouble-' + entry"></mention-field>
      <p class="yes-and-trouble" :id="'yes-and-trouble-' + entry" role="alert" v-show="error">{{ error }}</p>
      <button class="press main" type="submit" :aria-disabled="isSending ? 'true' : null">{{ labels.add }}</button>
    </form>`,

  emits: ["added"],

  methods: {
    storageKey() {
      return `haren-yes-and/${this.person}/${this.entry}`;
    },

    emptyDraft() {
      return { id: createId(), kind: "yes_and", text: "" };
    },

    // What was typed meanwhile is another possibility.
    onSent(body) {
      const hasMore = this.draft.text !== body.text;
      this.draft = { ...this.emptyDraft(), text: hasMore ? this.draft.text : "" };
      if (!hasMore) this.$emit("added");
    },
  },
};
