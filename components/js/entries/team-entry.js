// What somebody wrote under a team's name and may no longer read there, having changed teams: the claim that this phone keeps opens
// it to them. It is shown to the API alone, and where it opens nothing what stands in this element stays.

import { Withdrawal } from "haren/entries/withdrawal.js";
import { callApi } from "haren/lib/api.js";
import { claimOf } from "haren/outbox/claims.js";

export default {
  components: { Withdrawal },

  template: `
    <div>
      <slot v-if="!said"></slot>
      <section class="owner" v-else :aria-label="labels.yours">
        <p class="quiet" v-if="!said.withdrawn">{{ labels.yours }}</p>
        <p class="notice" v-if="said.withdrawn">{{ labels.withdrawn }}</p>
        <article class="card" v-else>
          <p class="said-text" dir="auto" v-for="text in texts" :key="text">{{ text }}</p>
        </article>
        <p class="row" v-if="!said.withdrawn && !doing">
          <button type="button" class="press owner-withdraw" ref="withdraw" @click="begin">{{ labels.withdraw }}</button>
        </p>
        <withdrawal v-if="doing" ref="form" :entry="entry" :mine="true" :labels="labels" :act="act" @done="done" @cancelled="end"></withdrawal>
      </section>
      <p class="visually-hidden" role="status">{{ status }}</p>
    </div>`,

  props: { entry: String, person: String, labels: Object },

  data() {
    return { said: null, doing: false, status: "" };
  },

  computed: {
    texts() {
      return [this.said.text, this.said.hits, this.said.tried].filter(Boolean);
    },
  },

  async mounted() {
    this.claim = (await claimOf(this.entry, this.person))?.claim; // no part of `data`: Vue renders nothing of it
    if (this.claim) await this.look();
  },

  methods: {
    async look() {
      const { said, trouble } = await this.act("", "GET");
      if (said?.id === this.entry) this.said = said;
      this.status = trouble ?? "";
    },

    act(path, method, body) {
      return callApi(`/api/v1/entries/${this.entry}${path}`, { method, body, person: this.person, claim: this.claim }, this.labels);
    },

    async begin() {
      this.doing = true;
      await this.$nextTick();
      this.$refs.form.focus();
    },

    async end() {
      this.doing = false;
      await this.$nextTick();
      this.$refs.withdraw?.focus();
    },

    async done() {
      this.doing = false;
      await this.look();
      this.status = this.labels.withdrawn;
    },
  },
};
