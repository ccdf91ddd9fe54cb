// Putting an entry right or taking it back, as its author or an administrator. It goes straight to the API, and where the
// entry stands under the team's name, with the claim that this phone keeps: that is never rendered, nor sent elsewhere.

import { claimOf } from "haren/claims.js";
import { dayAndTime } from "haren/moments.js";
import { ask } from "haren/sentences.js";
import { fill } from "haren/words.js";

export default {
  template: `
    <section class="owner" v-if="may" :aria-label="labels.heading">
      <p class="quiet" v-if="claimed">{{ labels.underOwnName }}</p>
      <p class="row" v-if="doing === ''">
        <button type="button" class="press owner-correct" v-if="!withdrawn" ref="correct" @click="begin('correct')">{{ labels.correct }}</button>
        <button type="button" class="press owner-withdraw" v-if="!withdrawn" ref="withdraw" @click="begin('withdraw')">{{ labels.withdraw }}</button>
        <button type="button" class="press owner-history" v-if="newest.versions" ref="history" @click="toggle" :aria-expanded="history ? 'true' : 'false'">{{ fill(labels.history, { count: newest.versions }) }}</button>
      </p>
      <ol v-if="history && doing === ''">
        <li v-for="(version, place) in history" :key="version.until">
          <p>{{ told(version) }}</p>
          <p class="said-text" v-for="line in differing(version, place)" :key="line">{{ line }}</p>
        </li>
      </ol>
      <form v-if="doing === 'correct'" class="card" novalidate @submit.prevent="send">
        <p class="notice trouble" role="alert" tabindex="-1" ref="trouble" v-show="trouble">{{ trouble }}</p>
        <div class="owner-field" v-if="content.kind !== 'obstacle'">
          <label class="owner-label" :for="id('kind')">{{ labels.fields.kind }}</label>
          <select :id="id('kind')" v-model="content.kind"><option v-for="kind in choices.kind" :value="kind.id">{{ kind.label }}</option></select>
          <p class="entry-hint" v-if="now.kind">{{ now.kind }}</p>
        </div>
        <div class="owner-field" v-for="field in texts" :key="field">
          <label class="owner-label" :for="id(field)">{{ labels.fields[field] }}</label>
          <textarea :id="id(field)" :ref="field" rows="3" v-model="content[field]" :aria-invalid="flawed === field ? 'true' : null"></textarea>
          <p class="entry-hint" v-if="now[field]">{{ now[field] }}</p>
        </div>
        <div class="owner-field" v-for="field in selects" :key="field">
          <label class="owner-label" :for="id(field)">{{ labels.fields[field] }}</label>
          <select :id="id(field)" :ref="field" v-model="content[field]" :aria-invalid="flawed === field ? 'true' : null">
            <option v-for="option in choices[field]" :value="option.id">{{ option.label }}</option>
          </select>
          <p class="entry-hint" v-if="now[field]">{{ now[field] }}</p>
        </div>
        <div class="owner-field">
          <label class="owner-label" :for="id('happened_at')">{{ labels.fields.happened_at }}</label>
          <input type="datetime-local" :id="id('happened_at')" ref="happened_at" v-model="when" :aria-invalid="flawed === 'happened_at' ? 'true' : null">
          <p class="entry-hint" v-if="now.happened_at">{{ now.happened_at }}</p>
        </div>
        <div class="owner-field">
          <label class="owner-label" :for="id('partners')">{{ labels.fields.partners }}</label>
          <textarea :id="id('partners')" ref="partners" rows="2" v-model="partners" :aria-invalid="flawed === 'partners' ? 'true' : null"></textarea>
          <p class="entry-hint" v-if="now.partners">{{ now.partners }}</p>
        </div>
        <fieldset class="choices roots"><legend>{{ labels.fields.roots }}</legend>
          <label class="choice" v-for="root in choices.roots"><input type="checkbox" :value="root.id" v-model="content.roots"><span>{{ root.label }}</span></label>
        </fieldset>
        <p class="entry-hint" v-if="now.roots">{{ now.roots }}</p>
        <div class="owner-field">
          <label class="owner-label" :for="id('reason')">{{ mine ? labels.reason : labels.reasonNeeded }}</label>
          <input type="text" :id="id('reason')" ref="reason" v-model="reason" :aria-invalid="flawed === 'reason' ? 'true' : null">
        </div>
        <p class="row">
          <button type="submit" class="press main" :aria-disabled="busy ? 'true' : null">{{ labels.save }}</button>
          <button type="button" class="press" @click="end">{{ labels.cancel }}</button>
        </p>
      </form>
      <form v-if="doing === 'withdraw'" class="card" novalidate @submit.prevent="takeBack">
        <p class="notice trouble" role="alert" tabindex="-1" ref="trouble" v-show="trouble">{{ trouble }}</p>
        <h2 tabindex="-1" ref="asked">{{ labels.sure }}</h2>
        <p>{{ labels.consequence }}</p>
        <div class="owner-field">
          <label class="owner-label" :for="id('reason')">{{ mine ? labels.reason : labels.reasonNeeded }}</label>
          <input type="text" :id="id('reason')" ref="reason" v-model="reason" :aria-invalid="flawed === 'reason' ? 'true' : null">
        </div>
        <p class="row">
          <button type="submit" class="press danger" :aria-disabled="busy ? 'true' : null">{{ labels.withdraw }}</button>
          <button type="button" class="press" @click="end">{{ labels.cancel }}</button>
        </p>
      </form>
      <p class="visually-hidden" role="status">{{ status }}</p>
    </section>`,

  props: { entry: String, person: String, role: String, veiled: Boolean, state: Object, choices: Object, labels: Object },
  emits: ["overtaken"],

  data() {
    return {
      newest: this.state, seen: null, content: null, partners: "", when: "", reason: "", doing: "", history: null,
      mine: this.role === "author", claimed: false, trouble: "", flawed: "", busy: false, clashed: false, status: "",
    };
  },

  computed: {
    may() {
      return this.mine || this.role === "admin";
    },
    withdrawn() {
      return this.newest.withdrawn;
    },
    isObstacle() {
      return this.content.kind === "obstacle";
    },
    texts() {
      return this.isObstacle ? ["text", "hits", "tried"] : ["text"];
    },
    selects() {
      return [...(this.isObstacle ? ["obstacle_kind"] : []), "site_id", "audience"];
    },
    // What somebody else has made of each field since this form was opened.
    now() {
      if (!this.clashed) return {};
      const [was, is] = [this.shown(this.seen), this.shown(this.newest.content)];
      const changed = Object.keys(is).filter((field) => is[field] !== was[field]);
      return Object.fromEntries(changed.map((field) => [field, fill(this.labels.now, { words: is[field] || "–" })]));
    },
  },

  async mounted() {
    if (!this.veiled) return;
    this.kept = await claimOf(this.entry, this.person); // no part of `data`: Vue renders nothing of it
    if (this.kept) this.mine = this.claimed = true;
  },

  methods: {
    fill,

    id(field) {
      return `owner-${field}-${this.entry}`;
    },

    // The server says how it is now.
    learn(state) {
      this.newest = state;
      this.history = null;
      if (this.clashed) this.revision = state.revision;
      if (state.withdrawn) this.doing = "";
    },

    async begin(doing) {
      this.seen = this.newest.content;
      this.revision = this.newest.revision;
      this.content = { ...this.seen, roots: [...this.seen.roots], site_id: this.seen.site_id ?? "", obstacle_kind: this.seen.obstacle_kind ?? "" };
      this.partners = this.seen.partners.join("\n");
      this.when = local(this.seen.happened_at);
      Object.assign(this, { doing, reason: "", trouble: "", flawed: "", clashed: false, status: "" });
      await this.$nextTick();
      if (doing === "withdraw") this.$refs.asked.focus();
      else this.first("text").focus();
    },

    async end() {
      const done = this.doing;
      this.doing = "";
      await this.$nextTick();
      this.$refs[done]?.focus();
    },

    async send() {
      const sent = {
        ...this.content,
        site_id: this.content.site_id || null,
        obstacle_kind: this.content.obstacle_kind || null,
        partners: this.partners.split("\n"),
        happened_at: this.when && this.when !== local(this.seen.happened_at) ? new Date(this.when).toISOString() : this.seen.happened_at,
      };
      await this.act("", "PATCH", { ...sent, revision: this.revision, reason: this.reason });
    },

    async takeBack() {
      await this.act("/withdraw", "POST", { reason: this.reason });
    },

    async act(path, method, body) {
      if (this.busy) return;
      Object.assign(this, { busy: true, trouble: "", flawed: "" });
      const claim = this.kept?.claim;
      const { said, trouble, field, status } = await ask(`/api/v1/entries/${this.entry}${path}`, { method, body, person: this.person, claim }, this.labels);
      this.busy = false;
      if (said?.id === this.entry) await this.done();
      else await this.tell(trouble ?? this.labels.offline, field, status);
    },

    async done() {
      this.status = this.labels.saved;
      this.$emit("overtaken"); // what a veiled author does is told to screens after its minute, to this one now
      await this.end();
    },

    async tell(trouble, field, status) {
      Object.assign(this, { trouble, flawed: field });
      if (status === 409) this.overtake();
      await this.$nextTick();
      (this.first(field) ?? this.$refs.trouble).focus();
    },

    // Somebody was faster: both are shown, and what is saved next stands on theirs.
    overtake() {
      this.clashed = true;
      this.revision = this.newest.revision;
      this.$emit("overtaken");
    },

    first(field) {
      return [this.$refs[field]].flat()[0];
    },

    async toggle() {
      if (this.history) {
        this.history = null;
        return;
      }
      const asked = { person: this.person, claim: this.kept?.claim };
      const { said, trouble } = await ask(`/api/v1/entries/${this.entry}/versions`, asked, this.labels);
      this.history = said ?? null;
      this.status = trouble ?? "";
    },

    told({ until, by, reason }) {
      const when = dayAndTime(until, Date.now());
      return fill(reason ? this.labels.correctedWhy : this.labels.corrected, { when, name: by ?? this.labels.author, reason });
    },

    // Of an earlier version what was changed after it.
    differing(version, place) {
      const next = place ? this.history[place - 1].content : this.newest.content;
      const [was, is] = [this.shown(version.content), this.shown(next)];
      return Object.keys(was).filter((field) => was[field] !== is[field]).map((field) => `${this.labels.fields[field].replace(/\?$/, "")}: ${was[field] || "–"}`);
    },

    // What a content says in each field, in words.
    shown(content) {
      const named = (field, id) => this.choices[field].find((option) => option.id === (id ?? ""))?.label ?? id;
      return {
        kind: named("kind", content.kind),
        text: content.text,
        hits: content.hits,
        tried: content.tried,
        obstacle_kind: content.obstacle_kind ? named("obstacle_kind", content.obstacle_kind) : "",
        site_id: content.site_id ? named("site_id", content.site_id) : "",
        audience: named("audience", content.audience),
        happened_at: content.happened_at ? dayAndTime(content.happened_at, Date.now()) : "",
        partners: content.partners.join(", "),
        roots: content.roots.map((root) => named("roots", root)).join(", "),
      };
    },
  },
};

// A moment as a field for one takes it: to the minute, in this phone's zone.
function local(iso) {
  const moment = new Date(iso);
  return new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
