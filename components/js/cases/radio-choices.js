// Choose one of several things, each a large target with a radio button in it.

export const RadioChoices = {
  template: `
    <fieldset class="choices act-choices" :aria-describedby="flaw ? name + '-flaw' : null"><legend>{{ legend }}</legend>
      <label class="choice" v-for="(choice, place) in choices" :key="choice.id"><input type="radio" :name="name" :value="choice.id" :ref="place ? null : 'first'"
        :checked="choice.id === modelValue" @change="$emit('update:modelValue', choice.id)"><span class="written">{{ choice.label }}</span></label>
      <p class="entry-flaw" role="alert" :id="name + '-flaw'" v-if="flaw">{{ flaw }}</p>
    </fieldset>`,

  // `choices` are { id, label }.
  props: { name: String, legend: String, choices: Array, modelValue: String, flaw: String },
  emits: ["update:modelValue"],

  methods: {
    focus() {
      [this.$refs.first].flat()[0]?.focus();
    },
  },
};
