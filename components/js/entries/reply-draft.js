// Write a reply to an entry. What is typed stays in this browser until the server has named its id.

import { callApi } from "../lib/api.js";
import { createId } from "../lib/ids.js";
import { load, store } from "../lib/web-storage.js";
import { CLASH } from "../outbox/delivery.js";

// Extended by each box for replies, which has the methods `storageKey`, `emptyDraft` and `onSent`.
export const ReplyDraft = {
  // `people` are the names that can be mentioned.
  props: { entry: String, person: String, people: Array, labels: Object },

  data() {
    return { draft: { ...this.emptyDraft(), ...load(this.storageKey()) }, error: "", isSending: false };
  },

  watch: {
    // Synchronous: the component may be gone before the next tick.
    draft: { deep: true, flush: "sync", handler: "save" },
  },

  methods: {
    save() {
      store(this.storageKey(), this.draft.text ? this.draft : null);
    },

    focus() {
      this.$refs.text.focus();
    },

    async send() {
      if (this.isSending) return;
      const body = { ...this.draft };
      const { data, error, status } = await this.post("", body);
      if (data?.id === body.id) this.onSent(body);
      else await this.showError(status === CLASH ? this.useNewId() : error ?? this.labels.offline);
    },

    // Return { data } or { error, status }.
    async post(path, body) {
      Object.assign(this, { isSending: true, error: "" });
      const options = { method: "POST", body, person: this.person };
      const result = await callApi(`/api/v1/entries/${this.entry}/replies${path}`, options, this.labels);
      this.isSending = false;
      return result;
    },

    // Other content has arrived under this id, from another tab or before an answer was lost. This becomes another
    // reply.
    useNewId() {
      this.draft.id = createId();
      return this.labels.arrived;
    },

    async showError(error) {
      this.error = error;
      await this.$nextTick();
      this.focus();
    },
  },
};
