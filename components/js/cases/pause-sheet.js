// Pause a case, which always says why. An obstacle is one of the diary, or noted on the spot.

import { callApi } from "../lib/api.js";
import { createId } from "../lib/ids.js";
import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { RadioChoices } from "./radio-choices.js";
import { WordsField } from "./words-field.js";

const OBSTACLE = "obstacle";
const NEW = "new";

export const PauseSheet = {
  extends: ActDraft,
  verb: "pause",
  fields: ["reason", "obstacle_id", "words"],
  components: { ActSheet, RadioChoices, WordsField },

  template: `
    <act-sheet ref="sheet" :title="labels.pause" :button="labels.pauseButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <p class="quiet">{{ labels.pauseHint }}</p>
      <radio-choices ref="reason" :name="id('reason')" :legend="labels.pauseWhy" :choices="choices.reasons" v-model="draft.reason" :flaw="flawOf('reason')"></radio-choices>
      <radio-choices v-if="draft.reason === 'obstacle'" ref="obstacle_id" :name="id('obstacle')" :legend="labels.whichObstacle" :choices="obstacles"
                     v-model="draft.obstacle" :flaw="flawOf('obstacle_id')"></radio-choices>
      <words-field v-if="asksWords" ref="words" :id="id('words')" v-model="draft.words" :label="isNew ? labels.newObstacle : labels.pauseWords"
                   :hint="isNew ? labels.newObstacleHint : labels.pauseWordsHint" :flaw="flawOf('words')" :labels="labels"></words-field>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  computed: {
    obstacles() {
      return [{ id: NEW, label: this.labels.noteNew }, ...this.choices.obstacles];
    },
    isNew() {
      return this.draft.reason === OBSTACLE && this.draft.obstacle === NEW;
    },
    asksWords() {
      return this.draft.reason && (this.draft.reason !== OBSTACLE || this.isNew);
    },
  },

  methods: {
    emptyDraft() {
      return { reason: "", obstacle: "", words: "", entry: createId() };
    },

    lacking() {
      const { reason, obstacle, words } = this.draft;
      if (!reason) return "reason";
      if (reason === OBSTACLE && !obstacle) return "obstacle_id";
      return this.isNew && !words.trim() ? "words" : "";
    },

    body() {
      const { reason, obstacle, words, entry } = this.draft;
      if (reason !== OBSTACLE) return { reason, words, seen: this.item.revision };
      return { reason, obstacle_id: this.isNew ? entry : obstacle, seen: this.item.revision };
    },

    async attempt() {
      const refused = this.isNew && (await this.noteObstacle());
      return refused || ActDraft.methods.attempt.call(this);
    },

    // Log the obstacle first. Return { error, field, status } where that failed.
    async noteObstacle() {
      const { entry, words } = this.draft;
      const body = { id: entry, kind: OBSTACLE, text: words, site_id: this.item.site };
      const { data, ...refused } = await callApi("/api/v1/entries", { method: "POST", body, person: this.person }, this.labels);
      if (data?.id === entry) return null;
      return { ...refused, field: refused.field === "text" ? "words" : refused.field };
    },
  },
};
