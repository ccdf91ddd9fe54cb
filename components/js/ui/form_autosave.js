// Store what is typed or chosen in the surrounding form in this tab, and restore it after a reload.

import { load, store } from "haren/lib/web-storage.js";

const STORAGE = "sessionStorage";

export default {
  template: `<span hidden></span>`,

  props: { place: String },

  mounted() {
    this.form = this.$el.closest("form");
    this.initial = this.read();
    this.restore(load(this.place, STORAGE) ?? {});
    for (const type of ["input", "change"]) this.form.addEventListener(type, this.save);
    this.form.addEventListener("click", () => setTimeout(this.save)); // Quasar's checkboxes have no other event
  },

  // The dialog was closed after sending or cancelling. A reload unmounts nothing, and the back button keeps what was
  // typed.
  unmounted() {
    this.isGone = true;
    const sheet = this.form.closest(".sheet");
    if (sheet && !("left" in sheet.dataset)) store(this.place, null, STORAGE);
  },

  methods: {
    fields() {
      return [...this.form.querySelectorAll("[name]")];
    },

    read() {
      return Object.fromEntries(this.fields().map((field) => [field.name, valueOf(field)]));
    },

    // Called by the server once it has what a form outside a dialog holds.
    sent() {
      this.initial = this.read();
      store(this.place, null, STORAGE);
    },

    // Fields that were not touched get the server's newest values the next time.
    save() {
      if (this.isGone) return;
      const typed = Object.entries(this.read()).filter(([name, value]) => value !== this.initial[name]);
      store(this.place, typed.length ? Object.fromEntries(typed) : null, STORAGE);
    },

    restore(typed) {
      for (const field of this.fields()) {
        if (field.name in typed && typed[field.name] !== valueOf(field)) restoreField(field, typed[field.name]);
      }
    },
  },
};

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function restoreField(field, value) {
  if (field.type === "checkbox") return field.closest(".q-checkbox").click();
  field.value = value;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}
