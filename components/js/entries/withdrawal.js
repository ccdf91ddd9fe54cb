// The form for withdrawing an entry: the consequence, a reason, and yes or no.

export const Withdrawal = {
  template: `
    <form class="card" novalidate @submit.prevent="send">
      <p class="notice trouble" role="alert" tabindex="-1" ref="error" v-show="error">{{ error }}</p>
      <h2 tabindex="-1" ref="heading">{{ labels.sure }}</h2>
      <p>{{ labels.consequence }}</p>
      <div class="owner-field">
        <label class="owner-label" :for="'owner-reason-' + entry">{{ mine ? labels.reason : labels.reasonNeeded }}</label>
        <input type="text" :id="'owner-reason-' + entry" ref="reason" v-model="reason" :aria-invalid="invalidField === 'reason' ? 'true' : null">
      </div>
      <p class="row">
        <button type="submit" class="press danger" :aria-disabled="isSending ? 'true' : null">{{ labels.withdraw }}</button>
        <button type="button" class="press" @click="$emit('cancelled')">{{ labels.cancel }}</button>
      </p>
    </form>`,

  // `request` calls the API for this entry.
  props: { entry: String, mine: Boolean, labels: Object, request: Function },
  emits: ["done", "cancelled"],

  data() {
    return { reason: "", error: "", invalidField: "", isSending: false };
  },

  methods: {
    focus() {
      this.$refs.heading.focus();
    },

    async send() {
      if (this.isSending) return;
      Object.assign(this, { isSending: true, error: "", invalidField: "" });
      const { data, error, field } = await this.request("/withdraw", "POST", { reason: this.reason });
      this.isSending = false;
      if (data?.id === this.entry) this.$emit("done");
      else await this.showError(error ?? this.labels.offline, field);
    },

    async showError(error, field) {
      Object.assign(this, { error, invalidField: field });
      await this.$nextTick();
      (this.$refs[field] ?? this.$refs.error).focus();
    },
  },
};
