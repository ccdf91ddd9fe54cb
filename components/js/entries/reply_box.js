// Thank for an entry, or reply with an answer, a question or a "Yes, and …".

import { MentionField } from "haren/entries/mention-field.js";
import { ReplyDraft } from "haren/entries/reply-draft.js";
import { createId } from "haren/lib/ids.js";

export default {
  extends: ReplyDraft,
  components: { MentionField },

  template: `
    <section class="reply" :aria-label="labels.heading">
      <p class="reply-thanks row" v-if="thankable">
        <button type="button" class="press" :aria-pressed="thanks ? 'true' : 'false'" @click="thank">
          <span v-html="icon"></span>{{ thanks ? labels.thanked : labels.thank }}</button>
      </p>
      <form novalidate @submit.prevent="send">
        <fieldset class="choices"><legend>{{ labels.heading }}</legend>
          <label class="choice" v-for="kind in kinds" :key="kind.id">
            <input type="radio" :name="'kind-' + entry" :value="kind.id" v-model="draft.kind"><span>{{ kind.label }}</span>
          </label>
        </fieldset>
        <label class="reply-label" :for="'reply-' + entry">{{ hint }}</label>
        <mention-field :id="'reply-' + entry" ref="text" v-model="draft.text" :people="people" :label="labels.names"
                      :aria-invalid="error ? 'true' : null" :aria-describedby="'reply-flaw-' + entry"></mention-field>
        <p class="entry-flaw" :id="'reply-flaw-' + entry" role="alert" v-show="error">{{ error }}</p>
        <p class="row">
          <button type="submit" class="press main" :aria-disabled="isSending ? 'true' : null">{{ labels.send }}</button>
          <button type="button" class="press" @click="$refs.text.startMention()">{{ labels.mention }}</button>
        </p>
        <p class="visually-hidden" role="status">{{ status }}</p>
      </form>
    </section>`,

  props: { thankable: Boolean, thanked: String, kinds: Array, icon: String },

  data() {
    return { status: "", thanks: this.thanked };
  },

  computed: {
    hint() {
      return this.kinds.find((kind) => kind.id === this.draft.kind).hint;
    },
  },

  methods: {
    storageKey() {
      return `haren-reply/${this.person}/${this.entry}`;
    },

    emptyDraft() {
      return { id: createId(), kind: this.kinds[0].id, text: "" };
    },

    // What was typed meanwhile is another reply.
    onSent(body) {
      this.draft = { id: createId(), kind: body.kind, text: this.draft.text === body.text ? "" : this.draft.text };
      this.status = this.labels.sent;
    },

    async thank() {
      if (this.isSending) return;
      const [path, body] = this.thanks ? [`/${this.thanks}/withdraw`, {}] : ["", { id: createId(), kind: "thanks" }];
      const { data, error } = await this.post(path, body);
      if (data) this.thanks = data.withdrawn ? "" : data.id;
      else this.error = error;
    },
  },
};
