// The form for correcting an entry. What is typed stays in this browser until the server has stored it.

import { interpolate } from "../lib/interpolate.js";
import { fromLocal, toLocal } from "../lib/local-dates.js";
import { load, store } from "../lib/web-storage.js";
import { changedFields, toWords } from "./field-words.js";

// Without the person's id where nobody may know who wrote the entry.
export function storageKeyOf(entry, person, hasClaim) {
  return `haren-correction/${hasClaim ? "" : person}/${entry}`;
}

export const Correction = {
  template: `
    <form class="card" novalidate @submit.prevent="send">
      <p class="notice trouble" role="alert" tabindex="-1" ref="error" v-show="error">{{ error }}</p>
      <div class="owner-field" v-if="content.kind !== 'obstacle'">
        <label class="owner-label" :for="id('kind')">{{ labels.fields.kind }}</label>
        <select :id="id('kind')" v-model="content.kind"><option v-for="kind in choices.kind" :value="kind.id">{{ kind.label }}</option></select>
        <p class="entry-hint" v-if="now.kind">{{ now.kind }}</p>
      </div>
      <div class="owner-field" v-for="field in texts" :key="field">
        <label class="owner-label" :for="id(field)">{{ labels.fields[field] }}</label>
        <textarea :id="id(field)" :ref="field" rows="3" v-model="content[field]" :aria-invalid="invalidField === field ? 'true' : null"></textarea>
        <p class="entry-hint" v-if="now[field]">{{ now[field] }}</p>
      </div>
      <div class="owner-field" v-for="field in selects" :key="field">
        <label class="owner-label" :for="id(field)">{{ labels.fields[field] }}</label>
        <select :id="id(field)" :ref="field" v-model="content[field]" :aria-invalid="invalidField === field ? 'true' : null">
          <option v-for="option in choices[field]" :value="option.id">{{ option.label }}</option>
        </select>
        <p class="entry-hint" v-if="now[field]">{{ now[field] }}</p>
      </div>
      <div class="owner-field">
        <label class="owner-label" :for="id('happened_at')">{{ labels.fields.happened_at }}</label>
        <input type="datetime-local" :id="id('happened_at')" ref="happened_at" v-model="when" :aria-invalid="invalidField === 'happened_at' ? 'true' : null">
        <p class="entry-hint" v-if="now.happened_at">{{ now.happened_at }}</p>
      </div>
      <div class="owner-field">
        <label class="owner-label" :for="id('partners')">{{ labels.fields.partners }}</label>
        <textarea :id="id('partners')" ref="partners" rows="2" v-model="partners" :aria-invalid="invalidField === 'partners' ? 'true' : null"></textarea>
        <p class="entry-hint" v-if="now.partners">{{ now.partners }}</p>
      </div>
      <fieldset class="choices roots"><legend>{{ labels.fields.roots }}</legend>
        <label class="choice" v-for="root in choices.roots"><input type="checkbox" :value="root.id" v-model="content.roots"><span>{{ root.label }}</span></label>
      </fieldset>
      <p class="entry-hint" v-if="now.roots">{{ now.roots }}</p>
      <div class="owner-field">
        <label class="owner-label" :for="id('reason')">{{ mine ? labels.reason : labels.reasonNeeded }}</label>
        <input type="text" :id="id('reason')" ref="reason" v-model="reason" :aria-invalid="invalidField === 'reason' ? 'true' : null">
      </div>
      <p class="row">
        <button type="submit" class="press main" :aria-disabled="isSending ? 'true' : null">{{ labels.save }}</button>
        <button type="button" class="press" @click="cancel">{{ labels.cancel }}</button>
      </p>
    </form>`,

  // `request` calls the API for this entry. What is typed is stored under `storageKey`.
  props: { entry: String, storageKey: String, state: Object, choices: Object, mine: Boolean, labels: Object, request: Function },
  emits: ["done", "cancelled", "overtaken"],

  data() {
    const typed = { ...initialValues(this.state), ...load(this.storageKey) };
    // What was stored may be based on an earlier revision. Both are shown, and saving builds on the newest.
    const isConflict = typed.revision !== this.state.revision;
    return { ...typed, revision: this.state.revision, isConflict, error: "", invalidField: "", isSending: false };
  },

  computed: {
    isObstacle() {
      return this.content.kind === "obstacle";
    },
    texts() {
      return this.isObstacle ? ["text", "hits", "tried"] : ["text"];
    },
    selects() {
      return [...(this.isObstacle ? ["obstacle_kind"] : []), "site_id", "audience"];
    },
    typed() {
      return JSON.stringify([this.content, this.partners, this.when, this.reason]);
    },
    // What others have changed in each field since this form was opened.
    now() {
      if (!this.isConflict) return {};
      const [was, is] = [toWords(this.seen, this.choices), toWords(this.state.content, this.choices)];
      return Object.fromEntries(changedFields(was, is).map((field) => [field, interpolate(this.labels.now, { words: is[field] || "–" })]));
    },
  },

  watch: {
    typed() {
      const { seen, content, partners, when, reason } = this;
      store(this.storageKey, { seen, revision: this.seenRevision, content, partners, when, reason });
    },
    state() {
      if (this.isConflict) this.revision = this.state.revision;
    },
  },

  created() {
    this.seenRevision = this.isConflict ? load(this.storageKey).revision : this.revision; // the revision of `seen`
  },

  methods: {
    id(field) {
      return `owner-${field}-${this.entry}`;
    },

    focus() {
      this.element("text").focus();
    },

    element(field) {
      return [this.$refs[field]].flat()[0];
    },

    cancel() {
      this.deleteStored();
      this.$emit("cancelled");
    },

    async send() {
      if (this.isSending) return;
      Object.assign(this, { isSending: true, error: "", invalidField: "" });
      const { data, error, field, status } = await this.request("", "PATCH", { ...this.corrections(), revision: this.revision, reason: this.reason });
      this.isSending = false;
      if (data?.id === this.entry) this.onSent();
      else await this.showError(error ?? this.labels.offline, field, status);
    },

    corrections() {
      const { seen, when } = this;
      return {
        ...this.content,
        site_id: this.content.site_id || null,
        obstacle_kind: this.content.obstacle_kind || null,
        partners: this.partners.split("\n"),
        happened_at: when && when !== toLocal(seen.happened_at) ? fromLocal(when).toISOString() : seen.happened_at,
      };
    },

    onSent() {
      this.deleteStored();
      this.$emit("done");
    },

    deleteStored() {
      store(this.storageKey, null);
    },

    async showError(error, field, status) {
      Object.assign(this, { error, invalidField: field });
      if (status === 409) this.startComparing();
      await this.$nextTick();
      (this.element(field) ?? this.$refs.error).focus();
    },

    // Another correction was faster: both are shown, and saving builds on the newest.
    startComparing() {
      this.isConflict = true;
      this.revision = this.state.revision;
      this.$emit("overtaken");
    },
  },
};

// The values of the fields before anything is typed.
function initialValues({ content, revision }) {
  return {
    seen: content,
    revision,
    content: { ...content, roots: [...content.roots], site_id: content.site_id ?? "", obstacle_kind: content.obstacle_kind ?? "" },
    partners: content.partners.join("\n"),
    when: toLocal(content.happened_at),
    reason: "",
  };
}
