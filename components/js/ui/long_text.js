// Show a text that somebody wrote. One that takes more than a few lines is folded, and a button shows the rest. What is
// open stays open while the element lives, also when its text changes.

const NAME_LENGTH = 60;

export default {
  inheritAttrs: false,

  template: `
    <div class="long" :class="{ folded: !isOpen }">
      <p class="written" dir="auto" ref="text" v-bind="$attrs"><slot></slot></p>
      <button type="button" class="long-more" v-if="isLong" :aria-expanded="isOpen ? 'true' : 'false'" :aria-label="label + ': ' + name"
              @click="toggle">{{ label }}</button>
    </div>`,

  props: { labels: Object },

  data() {
    return { isLong: false, isOpen: false, name: "" };
  },

  computed: {
    label() {
      return this.isOpen ? this.labels.fold : this.labels.unfold;
    },
  },

  mounted() {
    this.measure();
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(this.$refs.text);
  },

  updated() {
    this.measure();
  },

  unmounted() {
    this.observer.disconnect();
  },

  methods: {
    // An open text can't be measured, and keeps its button.
    measure() {
      const { scrollHeight, clientHeight, textContent } = this.$refs.text;
      if (!this.isOpen) this.isLong = scrollHeight > clientHeight + 1;
      if (this.isLong) this.name = textContent.slice(0, NAME_LENGTH).replace(/\s+/g, " ");
    },

    // Folding moves what is above into view, where the end of the text was read.
    async toggle() {
      this.isOpen = !this.isOpen;
      await this.$nextTick();
      if (!this.isOpen) this.$el.scrollIntoView({ block: "nearest" });
    },
  },
};
