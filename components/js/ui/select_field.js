// A native select with a label, and below it a hint or an error.

export default {
  template: `
    <div :id="id" class="chooser" :class="{ wrong: error }">
      <label class="chooser-label" :for="id + '-select'">{{ label }}</label>
      <select :id="id + '-select'" :name="name" ref="select" v-model="chosen" @change="$emit('update:value', chosen)"
              :aria-invalid="error ? 'true' : null" :aria-describedby="id + '-help'">
        <option v-if="!options.some((option) => option.value === '')" value="" disabled></option>
        <option v-for="option in options" :key="option.value" :value="option.value">{{ option.label }}</option>
      </select>
      <p class="chooser-help" :id="id + '-help'" aria-live="polite">{{ error ? errorMessage : hint }}</p>
    </div>`,

  props: { id: String, name: String, label: String, value: String, options: Array, hint: String, error: Boolean, errorMessage: String },
  emits: ["update:value"],

  data() {
    return { chosen: this.value ?? "" };
  },

  watch: {
    value(newValue) {
      this.chosen = newValue ?? "";
    },
  },

  methods: {
    focus() {
      this.$refs.select.focus();
    },
  },
};
