// The frame of an act's form: a heading, a refusal that belongs to no field, and the two buttons at the end.

import { ModalDialog } from "../ui/modal-dialog.js";

let count = 0;

export const ActSheet = {
  components: { ModalDialog },

  template: `
    <modal-dialog ref="dialog" class="act-sheet" :aria-labelledby="heading" @closed="$emit('closed')">
      <form novalidate @submit.prevent="$emit('send')">
        <h2 :id="heading" tabindex="-1" ref="heading">{{ title }}</h2>
        <p class="notice trouble" role="alert" v-if="error" ref="error" tabindex="-1">{{ error }}</p>
        <slot></slot>
        <p class="act-sheet-end">
          <button type="button" class="press" @click="close">{{ labels.cancel }}</button>
          <button type="submit" class="press main" :aria-disabled="busy ? 'true' : null">{{ button }}</button>
        </p>
      </form>
    </modal-dialog>`,

  props: { title: String, button: String, error: String, busy: Boolean, labels: Object },
  emits: ["send", "closed"],

  data() {
    return { heading: `act-sheet-${(count += 1)}` };
  },

  methods: {
    close() {
      this.$refs.dialog.close();
    },

    focus() {
      (this.$refs.error ?? this.$refs.heading).focus();
    },
  },
};
