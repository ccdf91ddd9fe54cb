// Hand a case to a person or a team.

import { containsWords } from "../lib/folded.js";
import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { RadioChoices } from "./radio-choices.js";

const MANY = 10; // from so many on, a field narrows them down

export const AssignSheet = {
  extends: ActDraft,
  verb: "assign",
  fields: ["person_id", "team_id"],
  components: { ActSheet, RadioChoices },

  template: `
    <act-sheet ref="sheet" :title="labels.assign" :button="labels.assignButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <div class="act-field" v-if="hasMany">
        <label :for="id('find')">{{ labels.find }}</label>
        <input type="search" :id="id('find')" v-model="find" autocomplete="off">
      </div>
      <radio-choices ref="person_id" :name="id('who')" :legend="labels.colleagues" :choices="people" v-model="draft.to" :flaw="flawOf('person_id')"></radio-choices>
      <radio-choices ref="team_id" :name="id('who')" :legend="labels.teams" :choices="teams" v-model="draft.to" :flaw="flawOf('team_id')"></radio-choices>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  data() {
    return { find: "" };
  },

  computed: {
    hasMany() {
      return this.choices.people.length + this.choices.teams.length > MANY;
    },
    people() {
      return this.matching("person", this.choices.people);
    },
    teams() {
      return this.matching("team", this.choices.teams);
    },
  },

  methods: {
    emptyDraft() {
      return { to: "" };
    },

    lacking() {
      return this.draft.to ? "" : "person_id";
    },

    body() {
      const [kind, id] = this.draft.to.split(/:(.*)/s);
      const seen = this.item.revision;
      return kind === "team" ? { team_id: id, seen } : { person_id: id, seen };
    },

    matching(kind, all) {
      const choices = all.map(({ id, label }) => ({ id: `${kind}:${id}`, label }));
      return choices.filter(({ id, label }) => id === this.draft.to || !this.find || containsWords(label, this.find));
    },
  },
};
