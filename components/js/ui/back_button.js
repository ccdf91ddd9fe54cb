// Let the back button close an open dialog and leave the screen below where it is. What was typed is kept.
// With `stays` the dialog shows something that is shown only once: it stays open, and ignores the second tap of a double
// tap that opened it.

import { dialogClosed, dialogOpened } from "haren/ui/dialog-history.js";

const DOUBLE_TAP = 700;

export default {
  template: `<span hidden></span>`,

  props: { stays: Boolean },
  emits: ["back"],

  mounted() {
    this.sheet = this.$el.closest(".sheet");
    this.openedAt = Date.now();
    if (this.stays) this.sheet.addEventListener("click", this.ignoreDoubleTap, true);
    dialogOpened(this);
  },

  unmounted() {
    dialogClosed(this);
  },

  methods: {
    // Return true if the dialog closes.
    onBack() {
      if (this.stays) return false;
      this.sheet.dataset.left = "";
      this.$emit("back");
      return true;
    },

    ignoreDoubleTap(event) {
      if (Date.now() - this.openedAt < DOUBLE_TAP) event.stopImmediatePropagation();
    },
  },
};
