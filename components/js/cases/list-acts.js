// What can be done with several chosen cases at once. Each case gets a request of its own, and its result is told.

import { createId } from "../lib/ids.js";
import { interpolate } from "../lib/interpolate.js";
import { SeveralAssign, SeveralClose, SeveralPromise } from "./list-sheets.js";
import { sendAct } from "./send-act.js";
import { UNDO_OFFERED } from "./undo-bar.js";

const SHEETS = { assign: "SeveralAssign", promise: "SeveralPromise", close: "SeveralClose" };
const TRY_AGAIN = [0, 429, 503]; // nothing was changed, or nobody knows: the same request may be sent again

export const ListActs = {
  components: { SeveralAssign, SeveralClose, SeveralPromise },

  template: `
    <div class="caselist-acts" role="region" :aria-label="labels.several">
      <ul class="caselist-results" v-if="results.length" :aria-label="labels.results">
        <li v-for="one in results" :key="one.row.id" :class="{ trouble: one.error }"><b>{{ one.row.thing }}</b> {{ one.row.place }}: {{ one.error || one.said }}</li>
      </ul>
      <p class="caselist-said" role="status"><span>{{ said }}</span>
        <button type="button" class="press" v-if="isUndoable" :aria-disabled="isSending ? 'true' : null" @click="undo">{{ labels.undo }}</button>
        <button type="button" class="press" v-if="unsent.length && !isSending" @click="sendAgain">{{ labels.again }}</button></p>
      <p class="caselist-buttons" data-presses="several">
        <button type="button" class="press" v-for="act in acts" :key="act.key" :class="{ main: act.main }" :aria-disabled="isSending || !rows.length ? 'true' : null"
                @click="press(act)">{{ act.label }}</button>
        <button type="button" class="press" :aria-disabled="isSending ? 'true' : null" @click="isSending || $emit('all')">{{ rows.length && rows.length === shown ? labels.none : labels.all }}</button>
        <button type="button" class="press" :aria-disabled="isSending ? 'true' : null" @click="isSending || $emit('close')">{{ labels.done }}</button>
      </p>
      <component v-if="sheet" :is="sheet" :item="choices" :choices="choices" :person="person" :labels="actLabels" ref="sheet" @chosen="onChosen" @closed="sheet = ''"></component>
    </div>`,

  props: { rows: Array, shown: Number, person: String, choices: Object, labels: Object, actLabels: Object },
  emits: ["all", "close"],

  data() {
    return { sheet: "", isSending: false, isUndoable: false, results: [], progress: "" };
  },

  computed: {
    acts() {
      const { take, assign, promise, close } = this.labels;
      return [
        { verb: "assign", body: { person_id: "me" }, label: take, main: true },
        { verb: "assign", sheet: true, label: assign },
        { verb: "promise", sheet: true, label: promise },
        { verb: "close", sheet: true, label: close },
      ].map((act) => ({ ...act, key: act.label }));
    },
    said() {
      return this.progress || interpolate(this.labels.chosen, { count: this.rows.length });
    },
    unsent() {
      return this.results.filter((one) => one.error && TRY_AGAIN.includes(one.status));
    },
  },

  unmounted() {
    clearTimeout(this.fading);
  },

  methods: {
    press(act) {
      if (this.isSending || !this.rows.length) return;
      if (act.sheet) this.sheet = SHEETS[act.verb];
      else this.send(act.verb, act.body);
    },

    onChosen({ verb, body }) {
      this.$refs.sheet.close();
      this.send(verb, body);
    },

    // What was chosen may change meanwhile: cases that are over leave the list.
    async send(verb, body) {
      this.results = [];
      await this.sendEach(this.rows.map((row) => ({ row, verb, body: { id: createId(), ...body } })));
      this.offerUndo();
    },

    async sendAgain() {
      const again = this.unsent;
      this.results = this.results.filter((one) => !again.includes(one));
      await this.sendEach(again);
      this.offerUndo();
    },

    async undo() {
      if (this.isSending) return;
      this.isUndoable = false;
      const done = this.results.filter((one) => !one.error && one.verb !== "undo");
      this.results = [];
      await this.sendEach(done.map(({ row, body }) => ({ row, verb: "undo", body: { id: createId(), act_id: body.id } })));
    },

    async sendEach(requests) {
      this.isSending = true;
      for (const [place, request] of requests.entries()) {
        this.progress = interpolate(this.labels.progress, { count: place + 1, all: requests.length });
        const { row, verb, body } = request;
        const { data, error = "", status = 200 } = await sendAct(row.id, verb, body, { person: this.person, words: this.actLabels });
        const done = this.actLabels.done[body.person_id === "me" ? "take" : verb];
        this.results.push({ ...request, error, status, said: data?.kept ? this.actLabels.kept : done });
      }
      const failed = this.results.filter((one) => one.error).length;
      this.progress = interpolate(failed ? this.labels.someFailed : this.labels.allDone, { count: this.results.length - failed, failed });
      this.isSending = false;
    },

    offerUndo() {
      this.isUndoable = this.results.some((one) => !one.error && one.verb !== "undo");
      clearTimeout(this.fading);
      this.fading = setTimeout(() => (this.isUndoable = false), UNDO_OFFERED);
    },
  },
};
