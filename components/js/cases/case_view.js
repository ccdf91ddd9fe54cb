// A case, kept up to date by the server. `state` is null where no case is chosen.

import { CaseFile } from "haren/cases/case-file.js";

export default {
  components: { CaseFile },

  template: `
    <div class="casefile">
      <p class="notice" v-if="!item">{{ labels.none }}</p>
      <case-file v-else :key="item.id" :item="item" :person="person" :choices="choices" :viewers="viewing" :embedded="embedded" :labels="labels"
                 @overtaken="$emit('overtaken')"></case-file>
    </div>`,

  props: { state: Object, person: String, choices: Object, viewers: String, embedded: Boolean, labels: Object },

  emits: ["overtaken"],

  data() {
    return { item: this.state, viewing: this.viewers };
  },

  methods: {
    // Called by the server with the case as it is now, or with another case. What is being typed stays.
    learn(state) {
      this.item = state;
    },

    // Called by the server with a sentence about who else has the case open.
    see(viewers) {
      this.viewing = viewers;
    },
  },
};
