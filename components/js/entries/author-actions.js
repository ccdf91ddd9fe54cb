// Putting an entry right or taking it back, as its author or an administrator. It goes straight to the API, and where the
// entry stands under the team's name, with the claim that this phone keeps: that is never rendered, nor sent elsewhere.

import { Correction, storageKeyOf } from "haren/entries/correction.js";
import { changedFields, toWords } from "haren/entries/field-words.js";
import { Withdrawal } from "haren/entries/withdrawal.js";
import { callApi } from "haren/lib/api.js";
import { interpolate } from "haren/lib/interpolate.js";
import { dayAndTime } from "haren/lib/time.js";
import { load, store } from "haren/lib/web-storage.js";
import { claimOf } from "haren/outbox/claims.js";

export default {
  components: { Correction, Withdrawal },

  template: `
    <section class="owner" v-if="mayEdit" :aria-label="labels.heading">
      <p class="quiet" v-if="hasClaim">{{ labels.underOwnName }}</p>
      <p class="row" v-if="action === ''">
        <button type="button" class="press owner-correct" v-if="!withdrawn" ref="correct" @click="open('correct')">{{ labels.correct }}</button>
        <button type="button" class="press owner-withdraw" v-if="!withdrawn" ref="withdraw" @click="open('withdraw')">{{ labels.withdraw }}</button>
        <button type="button" class="press owner-history" v-if="current.versions && !withdrawn" ref="history" @click="toggle" :aria-expanded="history ? 'true' : 'false'">{{ interpolate(labels.history, { count: current.versions }) }}</button>
      </p>
      <ol v-if="history && action === ''">
        <li v-for="(version, index) in history" :key="version.until">
          <p>{{ describe(version) }}</p>
          <p class="said-text" v-for="line in changesOf(version, index)" :key="line">{{ line }}</p>
        </li>
      </ol>
      <correction v-if="action === 'correct'" ref="form" :entry="entry" :storageKey="storageKey" :state="current" :choices="choices" :mine="mine"
                  :labels="labels" :request="request" @done="done" @cancelled="close" @overtaken="$emit('overtaken')"></correction>
      <withdrawal v-if="action === 'withdraw'" ref="form" :entry="entry" :mine="mine" :labels="labels" :request="request" @done="done"
                  @cancelled="close"></withdrawal>
      <p class="visually-hidden" role="status">{{ status }}</p>
    </section>`,

  props: { entry: String, person: String, role: String, veiled: Boolean, state: Object, choices: Object, labels: Object },
  emits: ["overtaken"],

  data() {
    return { current: this.state, action: "", history: null, mine: this.role === "author", hasClaim: false, status: "" };
  },

  computed: {
    mayEdit() {
      return this.mine || this.role === "admin";
    },
    withdrawn() {
      return this.current.withdrawn;
    },
    storageKey() {
      return storageKeyOf(this.entry, this.person, this.hasClaim);
    },
  },

  async mounted() {
    if (this.veiled) await this.findClaim();
    // Where a page went away under what was being typed, it is gone on with.
    if (this.mayEdit && !this.withdrawn && load(this.storageKey)) this.action = "correct";
  },

  methods: {
    interpolate,

    async findClaim() {
      this.claimRecord = await claimOf(this.entry, this.person); // no part of `data`: Vue renders nothing of it
      if (this.claimRecord) this.mine = this.hasClaim = true;
    },

    // The server says how it is now.
    learn(state) {
      this.current = state;
      this.history = null;
      if (!state.withdrawn) return;
      this.action = "";
      store(this.storageKey, null);
    },

    async open(action) {
      Object.assign(this, { action, status: "" });
      await this.$nextTick();
      this.$refs.form.focus();
    },

    async close() {
      const done = this.action;
      this.action = "";
      await this.$nextTick();
      this.$refs[done]?.focus();
    },

    request(path, method, body) {
      const options = { method, body, person: this.person, claim: this.claimRecord?.claim };
      return callApi(`/api/v1/entries/${this.entry}${path}`, options, this.labels);
    },

    async done() {
      this.status = this.labels.saved;
      this.$emit("overtaken"); // what a veiled author does is told to screens after its minute, to this one now
      await this.close();
    },

    async toggle() {
      if (this.history) {
        this.history = null;
        return;
      }
      const { data, error } = await this.request("/versions", "GET");
      this.history = data ?? null;
      this.status = error ?? "";
    },

    describe({ until, by, reason }) {
      const when = dayAndTime(until, Date.now());
      return interpolate(reason ? this.labels.correctedWhy : this.labels.corrected, { when, name: by ?? this.labels.author, reason });
    },

    // Of an earlier version what was changed after it.
    changesOf(version, index) {
      const next = index ? this.history[index - 1].content : this.current.content;
      const [was, is] = [version.content, next].map((content) => toWords(content, this.choices));
      return changedFields(was, is).map((field) => `${this.labels.fields[field].replace(/\?$/, "")}: ${was[field] || "–"}`);
    },
  },
};
