// Keeps what is typed in the fields of the form around it, in this tab, and puts it back where the page went away meanwhile.

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

  // Somebody has closed the sheet: it has been sent, or is not to be. A page that goes away unmounts nothing, and who went back has
  // but put it away.
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

    // What was not touched may be worded anew the next time.
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
