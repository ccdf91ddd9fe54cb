// Saying something to an entry. What is typed stays in this browser until the server has named its id.

import { mint } from "haren/entries.js";
import { called, fitting } from "haren/mentions.js";
import { ask } from "haren/sentences.js";

export default {
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
        <textarea :id="'reply-' + entry" ref="text" rows="3" v-model="draft.text" :aria-invalid="trouble ? 'true' : null"
                  :aria-describedby="'reply-flaw-' + entry" @input="look" @keyup="look" @click="look"></textarea>
        <p class="reply-names" v-if="names.length" role="group" :aria-label="labels.names">
          <button type="button" class="press" v-for="name in names" :key="name" @click="call(name)">@{{ name }}</button>
        </p>
        <p class="entry-flaw" :id="'reply-flaw-' + entry" role="alert" v-show="trouble">{{ trouble }}</p>
        <p class="row">
          <button type="submit" class="press main" :aria-disabled="busy ? 'true' : null">{{ labels.send }}</button>
          <button type="button" class="press" @click="begin">{{ labels.mention }}</button>
        </p>
        <p class="visually-hidden" role="status">{{ status }}</p>
      </form>
    </section>`,

  props: { entry: String, person: String, thankable: Boolean, thanked: String, people: Array, kinds: Array, icon: String, labels: Object },

  data() {
    return { draft: this.kept(), names: [], trouble: "", busy: false, status: "", thanks: this.thanked };
  },

  computed: {
    key() {
      return `haren-reply/${this.person}/${this.entry}`;
    },
    address() {
      return `/api/v1/entries/${this.entry}/replies`;
    },
    hint() {
      return this.kinds.find((kind) => kind.id === this.draft.kind).hint;
    },
  },

  watch: {
    draft: {
      deep: true,
      handler() {
        this.keep();
      },
    },
  },

  methods: {
    look() {
      this.names = fitting(this.people, this.draft.text, this.$refs.text.selectionStart);
    },

    begin() {
      const { text } = this.$refs;
      const gap = text.selectionStart && !/\s$/.test(this.draft.text.slice(0, text.selectionStart)) ? " @" : "@";
      text.setRangeText(gap, text.selectionStart, text.selectionEnd, "end");
      this.draft.text = text.value;
      text.focus();
      this.names = this.people.slice(0, 5);
    },

    async call(name) {
      const { text, caret } = called(name, this.draft.text, this.$refs.text.selectionStart);
      this.draft.text = text;
      this.names = [];
      await this.$nextTick();
      this.$refs.text.focus();
      this.$refs.text.setSelectionRange(caret, caret);
    },

    async send() {
      if (this.busy) return;
      this.busy = true;
      this.trouble = "";
      const body = { ...this.draft };
      const { said, trouble, status } = await ask(this.address, { method: "POST", body, person: this.person }, this.labels);
      this.busy = false;
      if (said?.id === body.id) this.sent(body);
      else await this.tell(status === 409 ? this.renewed() : trouble ?? this.labels.offline);
    },

    // Another wording has arrived under this id, from another tab or before an answer was lost: this one is an answer of its own.
    renewed() {
      this.draft.id = mint();
      return this.labels.arrived;
    },

    // What was typed meanwhile is another answer.
    sent(body) {
      this.draft = { id: mint(), kind: body.kind, text: this.draft.text === body.text ? "" : this.draft.text };
      this.names = [];
      this.status = this.labels.sent;
    },

    async tell(trouble) {
      this.trouble = trouble;
      await this.$nextTick();
      this.$refs.text.focus();
    },

    async thank() {
      if (this.busy) return;
      this.busy = true;
      this.trouble = "";
      const [url, body] = this.thanks
        ? [`${this.address}/${this.thanks}/withdraw`, {}]
        : [this.address, { id: mint(), kind: "thanks" }];
      const { said, trouble } = await ask(url, { method: "POST", body, person: this.person }, this.labels);
      this.busy = false;
      if (said) this.thanks = said.withdrawn ? "" : said.id;
      else this.trouble = trouble;
    },

    keep() {
      try {
        if (this.draft.text) localStorage.setItem(this.key, JSON.stringify(this.draft));
        else localStorage.removeItem(this.key);
      } catch {
        // this browser keeps nothing: what is typed stands in the box alone
      }
    },

    kept() {
      const blank = { id: mint(), kind: this.kinds[0].id, text: "" };
      try {
        return { ...blank, ...JSON.parse(localStorage.getItem(`haren-reply/${this.person}/${this.entry}`)) };
      } catch {
        return blank;
      }
    },
  },
};
