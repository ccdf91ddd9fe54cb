// In a sheet that is open: the way back closes it and leaves the screen below where it is. What was typed in it is kept.

export default {
  template: `<span hidden></span>`,

  emits: ["back"],

  mounted() {
    this.sheet = this.$el.closest(".sheet");
    this.stateId = `${Date.now()}-${Math.random()}`;
    history.pushState({ ...history.state, sheet: this.stateId }, "");
    addEventListener("popstate", this.onPopState);
  },

  // Closed otherwise: the step that was put in has to go, unless the page goes anyway.
  unmounted() {
    removeEventListener("popstate", this.onPopState);
    if (history.state?.sheet === this.stateId) history.back();
  },

  methods: {
    onPopState() {
      if (history.state?.sheet === this.stateId) return; // another sheet above this one was closed
      this.sheet.dataset.left = "";
      this.$emit("back");
    },
  },
};
