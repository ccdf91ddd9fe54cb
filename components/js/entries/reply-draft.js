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
    return { draft: { ...this.blank(), ...load(this.place()) }, trouble: "", busy: false };
  },

  watch: {
    // At once: who says no more here is gone before the next tick.
    draft: { deep: true, flush: "sync", handler: "save" },
  },

  methods: {
    save() {
      store(this.place(), this.draft.text ? this.draft : null);
    },

    focus() {
      this.$refs.text.focus();
    },

    async send() {
      if (this.busy) return;
      const body = { ...this.draft };
      const { said, trouble, status } = await this.post("", body);
      if (said?.id === body.id) this.sent(body);
      else await this.tell(status === CLASH ? this.renewed() : trouble ?? this.labels.offline);
    },

    // { said } or { trouble, status }.
    async post(path, body) {
      Object.assign(this, { busy: true, trouble: "" });
      const wanted = { method: "POST", body, person: this.person };
      const answer = await callApi(`/api/v1/entries/${this.entry}/replies${path}`, wanted, this.labels);
      this.busy = false;
      return answer;
    },

    // Another wording has arrived under this id, from another tab or before an answer was lost: this one is something else.
    renewed() {
      this.draft.id = createId();
      return this.labels.arrived;
    },

    async tell(trouble) {
      this.trouble = trouble;
      await this.$nextTick();
      this.focus();
    },
  },
};
