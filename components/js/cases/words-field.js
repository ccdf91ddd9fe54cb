// A text field of an act with a refusal below it, and ready answers that can be put into it.

export const WordsField = {
  template: `
    <div class="act-field">
      <label :for="id">{{ label }}</label>
      <p class="act-ready" v-if="answers.length" role="group" :aria-label="labels.readyAnswers">
        <button type="button" class="press" v-for="answer in answers" :key="answer" @click="put(answer)">{{ answer }}</button>
      </p>
      <textarea :id="id" ref="text" rows="3" dir="auto" :value="modelValue" :aria-invalid="flaw ? 'true' : null" :aria-describedby="id + '-help'"
                @input="$emit('update:modelValue', $event.target.value)"></textarea>
      <p class="entry-flaw" role="alert" v-if="flaw">{{ flaw }}</p>
      <p class="entry-hint" :id="id + '-help'">{{ hint }}</p>
    </div>`,

  props: { id: String, modelValue: String, label: String, hint: String, flaw: String, answers: { type: Array, default: () => [] }, labels: Object },
  emits: ["update:modelValue"],

  methods: {
    focus() {
      this.$refs.text.focus();
    },

    // What was typed stays before the answer.
    put(answer) {
      const typed = this.modelValue.trimEnd();
      if (!typed.endsWith(answer)) this.$emit("update:modelValue", typed ? `${typed}\n${answer}` : answer);
      this.focus();
    },
  },
};
