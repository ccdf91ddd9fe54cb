// Putting an entry right or taking it back, as its author or an administrator. It goes straight to the API, and where the
// entry stands under the team's name, with the claim that this phone keeps: that is never rendered, nor sent elsewhere.

import { Correction, placeOf } from "haren/entries/correction.js";
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
    <section class="owner" v-if="may" :aria-label="labels.heading">
      <p class="quiet" v-if="claimed">{{ labels.underOwnName }}</p>
      <p class="row" v-if="doing === ''">
        <button type="button" class="press owner-correct" v-if="!withdrawn" ref="correct" @click="begin('correct')">{{ labels.correct }}</button>
        <button type="button" class="press owner-withdraw" v-if="!withdrawn" ref="withdraw" @click="begin('withdraw')">{{ labels.withdraw }}</button>
        <button type="button" class="press owner-history" v-if="newest.versions && !withdrawn" ref="history" @click="toggle" :aria-expanded="history ? 'true' : 'false'">{{ interpolate(labels.history, { count: newest.versions }) }}</button>
      </p>
      <ol v-if="history && doing === ''">
        <li v-for="(version, nth) in history" :key="version.until">
          <p>{{ told(version) }}</p>
          <p class="said-text" v-for="line in changed(version, nth)" :key="line">{{ line }}</p>
        </li>
      </ol>
      <correction v-if="doing === 'correct'" ref="form" :entry="entry" :place="place" :state="newest" :choices="choices" :mine="mine"
                  :labels="labels" :act="act" @done="done" @cancelled="end" @overtaken="$emit('overtaken')"></correction>
      <withdrawal v-if="doing === 'withdraw'" ref="form" :entry="entry" :mine="mine" :labels="labels" :act="act" @done="done"
                  @cancelled="end"></withdrawal>
      <p class="visually-hidden" role="status">{{ status }}</p>
    </section>`,

  props: { entry: String, person: String, role: String, veiled: Boolean, state: Object, choices: Object, labels: Object },
  emits: ["overtaken"],

  data() {
    return { newest: this.state, doing: "", history: null, mine: this.role === "author", claimed: false, status: "" };
  },

  computed: {
    may() {
      return this.mine || this.role === "admin";
    },
    withdrawn() {
      return this.newest.withdrawn;
    },
    place() {
      return placeOf(this.entry, this.person, this.claimed);
    },
  },

  async mounted() {
    if (this.veiled) await this.findClaim();
    // Where a page went away under what was being typed, it is gone on with.
    if (this.may && !this.withdrawn && load(this.place)) this.doing = "correct";
  },

  methods: {
    interpolate,

    async findClaim() {
      this.kept = await claimOf(this.entry, this.person); // no part of `data`: Vue renders nothing of it
      if (this.kept) this.mine = this.claimed = true;
    },

    // The server says how it is now.
    learn(state) {
      this.newest = state;
      this.history = null;
      if (!state.withdrawn) return;
      this.doing = "";
      store(this.place, null);
    },

    async begin(doing) {
      Object.assign(this, { doing, status: "" });
      await this.$nextTick();
      this.$refs.form.focus();
    },

    async end() {
      const done = this.doing;
      this.doing = "";
      await this.$nextTick();
      this.$refs[done]?.focus();
    },

    act(path, method, body) {
      const asked = { method, body, person: this.person, claim: this.kept?.claim };
      return callApi(`/api/v1/entries/${this.entry}${path}`, asked, this.labels);
    },

    async done() {
      this.status = this.labels.saved;
      this.$emit("overtaken"); // what a veiled author does is told to screens after its minute, to this one now
      await this.end();
    },

    async toggle() {
      if (this.history) {
        this.history = null;
        return;
      }
      const { said, trouble } = await this.act("/versions", "GET");
      this.history = said ?? null;
      this.status = trouble ?? "";
    },

    told({ until, by, reason }) {
      const when = dayAndTime(until, Date.now());
      return interpolate(reason ? this.labels.correctedWhy : this.labels.corrected, { when, name: by ?? this.labels.author, reason });
    },

    // Of an earlier version what was changed after it.
    changed(version, nth) {
      const next = nth ? this.history[nth - 1].content : this.newest.content;
      const [was, is] = [version.content, next].map((content) => toWords(content, this.choices));
      return changedFields(was, is).map((field) => `${this.labels.fields[field].replace(/\?$/, "")}: ${was[field] || "–"}`);
    },
  },
};
