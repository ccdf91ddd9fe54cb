// What somebody types for an act on a case. It stays in this browser until the server has named the act's id.

import { createId } from "../lib/ids.js";
import { load, store } from "../lib/web-storage.js";
import { sendAct } from "./send-act.js";

const CONFLICT = 409;

// Extended by each form of an act, which has the options `verb` and `fields`, and the methods `emptyDraft` and `body`.
// One that has to be filled in has `lacking`, too, which returns the field that lacks.
export const ActDraft = {
  props: { item: Object, person: String, choices: Object, labels: Object },
  emits: ["done", "overtaken"],

  data() {
    return { draft: { id: createId(), ...this.emptyDraft(), ...load(this.storageKey()) }, error: "", field: "", isSending: false };
  },

  watch: {
    // Synchronous: the component may be gone before the next tick.
    draft: { deep: true, flush: "sync", handler: "save" },
  },

  methods: {
    storageKey() {
      return `haren-case/${this.person}/${this.item.id}/${this.$options.verb}`;
    },

    save() {
      store(this.storageKey(), this.draft.words ? this.draft : null);
    },

    id(field) {
      return `${this.$options.verb}-${field}-${this.item.id}`;
    },

    flawOf(field) {
      return this.field === field ? this.error : "";
    },

    close() {
      this.$refs.sheet?.close();
    },

    async send() {
      if (this.isSending) return;
      const lacking = this.lacking?.();
      if (lacking && this.labels.missing) return void this.showError({ error: this.labels.missing[lacking], field: lacking });
      Object.assign(this, { isSending: true, error: "", field: "" });
      const { words } = this.draft;
      const result = await this.attempt();
      this.isSending = false;
      if (result.data) this.onSent(result.data, words);
      else await this.showError(result);
    },

    attempt() {
      return sendAct(this.item.id, this.$options.verb, { id: this.draft.id, ...this.body() }, { person: this.person, words: this.labels, photo: this.photoToKeep });
    },

    // The photo that waits with an act where there is no network. Forms with a photo return it.
    photoToKeep() {
      return null;
    },

    // What was typed meanwhile is for another act.
    onSent(data, sent) {
      const { words } = this.draft;
      this.draft = { id: createId(), ...this.emptyDraft(), words: words === sent ? "" : words };
      this.$emit("done", { verb: this.$options.verb, act: data.act, kept: data.kept });
    },

    // A colleague was faster. The next try is another act.
    overtaken() {
      this.draft.id = createId();
      this.$emit("overtaken");
    },

    async showError({ error, field, status }) {
      if (status === CONFLICT) this.overtaken();
      Object.assign(this, { error, field: this.$options.fields.includes(field) ? field : "" });
      await this.$nextTick();
      (this.$refs[this.field] ?? this.$refs.sheet)?.focus();
    },
  },
};
