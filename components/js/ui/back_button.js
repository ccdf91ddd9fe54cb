// Let the back button close an open dialog and leave the screen below where it is. What was typed is kept.

export default {
  template: `<span hidden></span>`,

  emits: ["back"],

  mounted() {
    this.sheet = this.$el.closest(".sheet");
    this.stateId = `${Date.now()}-${Math.random()}`;
    history.pushState({ ...history.state, sheet: this.stateId }, "");
    addEventListener("popstate", this.onPopState);
  },

  // The dialog was closed otherwise: remove the history entry, unless the page is being left anyway.
  unmounted() {
    removeEventListener("popstate", this.onPopState);
    if (history.state?.sheet === this.stateId) history.back();
  },

  methods: {
    onPopState() {
      if (history.state?.sheet === this.stateId) return; // another dialog above this one was closed
      this.sheet.dataset.left = "";
      this.$emit("back");
    },
  },
};
