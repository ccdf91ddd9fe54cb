// Store what is typed into the surrounding form in this tab, and restore it after a reload.

import { load, store } from "haren/lib/web-storage.js";

const STORAGE = "sessionStorage";

export default {
  template: `<span hidden></span>`,

  props: { place: String },

  mounted() {
    this.form = this.$el.closest("form");
    this.initial = this.read();
    this.restore(load(this.place, STORAGE) ?? {});
    this.form.addEventListener("input", this.save);
  },

  // The dialog was closed after sending or cancelling. A reload unmounts nothing, and the back button keeps what was
  // typed.
  unmounted() {
    if (!("left" in this.form.closest(".sheet").dataset)) store(this.place, null, STORAGE);
  },

  methods: {
    fields() {
      return [...this.form.querySelectorAll("[name]")];
    },

    read() {
      return Object.fromEntries(this.fields().map(({ name, value }) => [name, value]));
    },

    // Fields that were not touched get the server's newest values the next time.
    save() {
      const typed = Object.entries(this.read()).filter(([name, value]) => value !== this.initial[name]);
      store(this.place, typed.length ? Object.fromEntries(typed) : null, STORAGE);
    },

    restore(typed) {
      for (const field of this.fields()) {
        if (!(field.name in typed)) continue;
        field.value = typed[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    },
  },
};
