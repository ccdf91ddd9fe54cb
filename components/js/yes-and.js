// The box for a possibility. It begins with "Ja, och …"; there is none for a "no, but". What is typed stays in this tab until the
// server has named its id.

import { mint } from "./entries.js";
import { ask } from "./sentences.js";

export const YesAnd = {
  template: `
    <form class="yes-and" novalidate @submit.prevent="send">
      <label :for="'yes-and-' + entry"><b>{{ labels.yesAnd }}</b> {{ labels.possibility }}</label>
      <textarea :id="'yes-and-' + entry" ref="text" rows="3" v-model="draft.text" :aria-invalid="trouble ? 'true' : null"
                :aria-describedby="'yes-and-trouble-' + entry"></textarea>
      <p class="yes-and-trouble" :id="'yes-and-trouble-' + entry" role="alert" v-show="trouble">{{ trouble }}</p>
      <button class="press main" type="submit" :aria-disabled="busy ? 'true' : null">{{ labels.add }}</button>
    </form>`,

  props: { entry: String, person: String, labels: Object },
  emits: ["said"],

  data() {
    return { draft: this.kept(), trouble: "", busy: false };
  },

  watch: {
    "draft.text"() {
      this.keep();
    },
  },

  methods: {
    focus() {
      this.$refs.text.focus();
    },

    async send() {
      if (this.busy) return;
      this.busy = true;
      this.trouble = "";
      const body = { ...this.draft, kind: "yes_and" };
      const { said, trouble, status } = await ask(`/api/v1/entries/${this.entry}/replies`, { method: "POST", body, person: this.person }, this.labels);
      this.busy = false;
      if (said?.id === body.id) return this.sent(body);
      this.trouble = status === 409 ? this.renewed() : trouble ?? this.labels.offline;
      this.focus();
    },

    // Another wording has arrived under this id, before an answer was lost: this one is a possibility of its own.
    renewed() {
      this.draft.id = mint();
      this.keep();
      return this.labels.arrived;
    },

    // What was typed meanwhile is another possibility.
    sent(body) {
      const goesOn = this.draft.text !== body.text;
      this.draft = { id: mint(), text: goesOn ? this.draft.text : "" };
      this.keep();
      if (!goesOn) this.$emit("said");
    },

    keep() {
      try {
        if (this.draft.text) sessionStorage.setItem(this.place(), JSON.stringify(this.draft));
        else sessionStorage.removeItem(this.place());
      } catch {
        // this browser keeps nothing: what is typed stands in the box alone
      }
    },

    kept() {
      try {
        return { id: mint(), text: "", ...JSON.parse(sessionStorage.getItem(this.place())) };
      } catch {
        return { id: mint(), text: "" };
      }
    },

    place() {
      return `haren-yes-and/${this.person}/${this.entry}`;
    },
  },
};
