// Close a case with an outcome, and with words and a photo that residents may see if the closer says so.

import { shrink } from "../lib/shrink-photo.js";
import { upload } from "../lib/upload.js";
import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";
import { keepPhoto } from "./send-act.js";
import { RadioChoices } from "./radio-choices.js";
import { WordsField } from "./words-field.js";

const WITH_REASON = ["not_ours", "cannot"];
const DUPLICATE = "duplicate";

export const CloseSheet = {
  extends: ActDraft,
  verb: "close",
  fields: ["outcome", "words", "duplicate_of"],
  components: { ActSheet, RadioChoices, WordsField },

  template: `
    <act-sheet ref="sheet" :title="labels.close" :button="closed ? labels.sendPhoto : labels.closeButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <template v-if="!closed">
        <radio-choices ref="outcome" :name="id('outcome')" :legend="labels.outcome" :choices="item.outcomes" v-model="draft.outcome" :flaw="flawOf('outcome')"></radio-choices>
        <radio-choices v-if="isDuplicate" ref="duplicate_of" :name="id('duplicate')" :legend="labels.duplicateOf" :choices="similar" v-model="draft.other"
                       :flaw="flawOf('duplicate_of')"></radio-choices>
        <p class="quiet" v-if="isDuplicate && !similar.length">{{ labels.noSimilar }}</p>
        <words-field v-if="draft.outcome && !isDuplicate" ref="words" :id="id('words')" v-model="draft.words" :label="labels.wordsFor[draft.outcome]"
                     :hint="hint" :flaw="flawOf('words')" :answers="answers" :labels="labels"></words-field>
      </template>
      <div class="act-field" v-if="draft.outcome && !isDuplicate">
        <label :for="id('photo')">{{ labels.photoNow }}</label>
        <input type="file" accept="image/*" :id="id('photo')" ref="photo" @change="choosePhoto">
        <img class="act-photo" v-if="preview" :src="preview" :alt="labels.photoNow">
      </div>
      <label class="act-switch" v-if="!closed && draft.outcome && !isDuplicate"><input type="checkbox" v-model="draft.public"><span>{{ labels.residentsMaySee }}</span></label>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  data() {
    return { closed: "", preview: "" };
  },

  computed: {
    isDuplicate() {
      return this.draft.outcome === DUPLICATE;
    },
    isReasonShown() {
      return WITH_REASON.includes(this.draft.outcome);
    },
    hint() {
      return this.isReasonShown ? this.labels.alwaysShown : this.labels.optional;
    },
    answers() {
      return this.item.answers[this.draft.outcome] ?? [];
    },
    similar() {
      return this.item.similar.map(({ id, words }) => ({ id, label: words }));
    },
  },

  unmounted() {
    URL.revokeObjectURL(this.preview);
  },

  methods: {
    emptyDraft() {
      return { outcome: "", words: "", other: "", public: false };
    },

    lacking() {
      if (!this.draft.outcome) return "outcome";
      return this.isDuplicate && !this.draft.other ? "duplicate_of" : "";
    },

    body() {
      const { outcome, words, other } = this.draft;
      if (this.isDuplicate) return { outcome, duplicate_of: other };
      return { outcome, words, public: this.draft.public };
    },

    choosePhoto() {
      URL.revokeObjectURL(this.preview);
      this.photo = this.$refs.photo.files[0] ?? null;
      this.preview = this.photo ? URL.createObjectURL(this.photo) : "";
    },

    // The case is closed first: its photo may take long, or not come through at all.
    async attempt() {
      if (!this.closed) {
        const result = await ActDraft.methods.attempt.call(this);
        if (!result.data || result.data.kept) return result;
        this.closed = result.data.act;
      }
      return this.isDuplicate || !this.photo ? { data: { act: this.closed } } : this.sendPhoto();
    },

    photoToKeep() {
      return this.photo && !this.isDuplicate ? shrink(this.photo) : null;
    },

    async sendPhoto() {
      const body = await shrink(this.photo);
      const headers = { "Content-Type": body.type || "application/octet-stream", "Haren-Person": this.person, "Accept-Language": document.documentElement.lang };
      try {
        const response = await upload(`/api/v1/cases/outcomes/${this.closed}/photo`, { method: "PUT", headers, body });
        if (response.ok) return { data: { act: this.closed } };
        return { error: `${this.labels.photoNotSent} ${JSON.parse(response.text).detail ?? ""}`, field: "", status: response.status };
      } catch {
        const kept = await keepPhoto(this.item.id, this.$options.verb, { id: this.closed, ...this.body() }, { person: this.person, photo: () => body });
        return kept ?? { error: this.labels.photoNotSent, field: "", status: 0 };
      }
    },
  },
};
