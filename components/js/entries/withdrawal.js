// Taking an entry back: what that means, why, and yes or no.

export const Withdrawal = {
  template: `
    <form class="card" novalidate @submit.prevent="send">
      <p class="notice trouble" role="alert" tabindex="-1" ref="trouble" v-show="trouble">{{ trouble }}</p>
      <h2 tabindex="-1" ref="asked">{{ labels.sure }}</h2>
      <p>{{ labels.consequence }}</p>
      <div class="owner-field">
        <label class="owner-label" :for="'owner-reason-' + entry">{{ mine ? labels.reason : labels.reasonNeeded }}</label>
        <input type="text" :id="'owner-reason-' + entry" ref="reason" v-model="reason" :aria-invalid="flawed === 'reason' ? 'true' : null">
      </div>
      <p class="row">
        <button type="submit" class="press danger" :aria-disabled="busy ? 'true' : null">{{ labels.withdraw }}</button>
        <button type="button" class="press" @click="$emit('cancelled')">{{ labels.cancel }}</button>
      </p>
    </form>`,

  // `act` sends to the entry's part of the API.
  props: { entry: String, mine: Boolean, labels: Object, act: Function },
  emits: ["done", "cancelled"],

  data() {
    return { reason: "", trouble: "", flawed: "", busy: false };
  },

  methods: {
    focus() {
      this.$refs.asked.focus();
    },

    async send() {
      if (this.busy) return;
      Object.assign(this, { busy: true, trouble: "", flawed: "" });
      const { said, trouble, field } = await this.act("/withdraw", "POST", { reason: this.reason });
      this.busy = false;
      if (said?.id === this.entry) this.$emit("done");
      else await this.tell(trouble ?? this.labels.offline, field);
    },

    async tell(trouble, field) {
      Object.assign(this, { trouble, flawed: field });
      await this.$nextTick();
      (this.$refs[field] ?? this.$refs.trouble).focus();
    },
  },
};
