// A dialog of the browser's own above the page. Escape and the back button close it, and the focus returns to what
// opened it. It opens when it is mounted; its owner removes it once it is `closed`.

import { dialogClosed, dialogOpened } from "./dialog-history.js";

export const ModalDialog = {
  template: `<dialog ref="dialog" @close="$emit('closed')"><slot></slot></dialog>`,

  emits: ["closed"],

  mounted() {
    this.$refs.dialog.showModal();
    dialogOpened(this);
  },

  unmounted() {
    dialogClosed(this);
  },

  methods: {
    close() {
      this.$refs.dialog.close();
    },

    onBack() {
      this.close();
      return true;
    },
  },
};
