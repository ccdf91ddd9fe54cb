// Let an entry's author or an administrator correct or withdraw it through the API. For an entry under the team's
// name, the requests carry the claim on this phone. It is never rendered, nor sent elsewhere.

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
          <p class="written">{{ describe(version) }}</p>
          <p class="said-text written" dir="auto" v-for="line in changesOf(version, index)" :key="line">{{ line }}</p>
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
    // A correction that was being typed when the page was closed goes on.
    if (this.mayEdit && !this.withdrawn && load(this.storageKey)) this.action = "correct";
  },

  methods: {
    interpolate,

    async findClaim() {
      this.claimRecord = await claimOf(this.entry, this.person); // not in `data`, so that Vue never renders it
      if (this.claimRecord) this.mine = this.hasClaim = true;
    },

    // Called by the server with the entry as it is now.
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
      this.$emit("overtaken"); // other screens are told about an entry under the team's name after a minute only
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

    // Return what the version said in the fields that were changed after it.
    changesOf(version, index) {
      const next = index ? this.history[index - 1].content : this.current.content;
      const [was, is] = [version.content, next].map((content) => toWords(content, this.choices));
      return changedFields(was, is).map((field) => `${this.labels.fields[field].replace(/\?$/, "")}: ${was[field] || "–"}`);
    },
  },
};
