// Show an entry under a team's name to its author after they have changed teams, with the claim on this phone. The
// claim is sent to the API only. Where it doesn't fit, the content of this element stays.

import { Withdrawal } from "haren/entries/withdrawal.js";
import { callApi } from "haren/lib/api.js";
import { claimOf } from "haren/outbox/claims.js";

export default {
  components: { Withdrawal },

  template: `
    <div>
      <slot v-if="!content"></slot>
      <section class="owner" v-else :aria-label="labels.yours">
        <p class="quiet" v-if="!content.withdrawn">{{ labels.yours }}</p>
        <p class="notice" v-if="content.withdrawn">{{ labels.withdrawn }}</p>
        <article class="card" v-else>
          <p class="said-text written" dir="auto" v-for="text in texts" :key="text">{{ text }}</p>
        </article>
        <p class="row" v-if="!content.withdrawn && !isOpen">
          <button type="button" class="press owner-withdraw" ref="withdraw" @click="open">{{ labels.withdraw }}</button>
        </p>
        <withdrawal v-if="isOpen" ref="form" :entry="entry" :mine="true" :labels="labels" :request="request" @done="done" @cancelled="close"></withdrawal>
      </section>
      <p class="visually-hidden" role="status">{{ status }}</p>
    </div>`,

  props: { entry: String, person: String, labels: Object },

  data() {
    return { content: null, isOpen: false, status: "" };
  },

  computed: {
    texts() {
      return [this.content.text, this.content.hits, this.content.tried].filter(Boolean);
    },
  },

  async mounted() {
    this.claim = (await claimOf(this.entry, this.person))?.claim; // not in `data`, so that Vue never renders it
    if (this.claim) await this.load();
  },

  methods: {
    async load() {
      const { data, error } = await this.request("", "GET");
      if (data?.id === this.entry) this.content = data;
      this.status = error ?? "";
    },

    request(path, method, body) {
      return callApi(`/api/v1/entries/${this.entry}${path}`, { method, body, person: this.person, claim: this.claim }, this.labels);
    },

    async open() {
      this.isOpen = true;
      await this.$nextTick();
      this.$refs.form.focus();
    },

    async close() {
      this.isOpen = false;
      await this.$nextTick();
      this.$refs.withdraw?.focus();
    },

    async done() {
      this.isOpen = false;
      await this.load();
      this.status = this.labels.withdrawn;
    },
  },
};
