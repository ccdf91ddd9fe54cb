// A text field that suggests colleagues' names behind an @.

import { insertMention, matchingNames } from "../lib/mentions.js";

const SUGGESTED = 5;

export const MentionField = {
  template: `
    <textarea ref="text" rows="3" :value="modelValue" v-bind="$attrs" @input="onInput" @keyup="suggest" @click="suggest"></textarea>
    <p class="called-names" v-if="names.length" role="group" :aria-label="label">
      <button type="button" class="press" v-for="name in names" :key="name" @click="chooseName(name)">@{{ name }}</button>
    </p>`,

  inheritAttrs: false,
  props: { modelValue: String, people: Array, label: String },
  emits: ["update:modelValue"],

  data() {
    return { names: [] };
  },

  watch: {
    modelValue(text) {
      if (!text) this.names = [];
    },
  },

  methods: {
    focus() {
      this.$refs.text.focus();
    },

    onInput() {
      this.$emit("update:modelValue", this.$refs.text.value);
      this.suggest();
    },

    suggest() {
      const { value, selectionStart } = this.$refs.text;
      this.names = matchingNames(this.people, value, selectionStart);
    },

    startMention() {
      const { text } = this.$refs;
      const { value, selectionStart, selectionEnd } = text;
      const inserted = selectionStart && !/\s$/.test(value.slice(0, selectionStart)) ? " @" : "@";
      text.setRangeText(inserted, selectionStart, selectionEnd, "end");
      this.$emit("update:modelValue", text.value);
      text.focus();
      this.names = this.people.slice(0, SUGGESTED);
    },

    async chooseName(name) {
      const { value, selectionStart } = this.$refs.text;
      const { text, caret } = insertMention(name, value, selectionStart);
      this.$emit("update:modelValue", text);
      this.names = [];
      await this.$nextTick();
      this.focus();
      this.$refs.text.setSelectionRange(caret, caret);
    },
  },
};
