// Saying something to an entry. What is typed stays in this browser until the server has named its id.

import { callApi } from "../lib/api.js";
import { createId } from "../lib/ids.js";
import { load, store } from "../lib/web-storage.js";
import { CLASH } from "../outbox/delivery.js";

// What the boxes for it have in common. Each names its `place` here, what a `blank` draft is, and what follows once it is `sent`.
export const ReplyDraft = {
  // `people` are those who can be called.
  props: { entry: String, person: String, people: Array, labels: Object },

  data() {
    return { draft: { ...this.emptyDraft(), ...load(this.storageKey()) }, error: "", isSending: false };
  },

  watch: {
    // At once: who says no more here is gone before the next tick.
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

    // { said } or { trouble, status }.
    async post(path, body) {
      Object.assign(this, { isSending: true, error: "" });
      const options = { method: "POST", body, person: this.person };
      const result = await callApi(`/api/v1/entries/${this.entry}/replies${path}`, options, this.labels);
      this.isSending = false;
      return result;
    },

    // Another wording has arrived under this id, from another tab or before an answer was lost: this one is something else.
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
