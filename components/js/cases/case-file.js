// One case whole: what and where, residents' words and photos, what can be done, notes and the timeline.

import { AssignSheet } from "./assign-sheet.js";
import { CaseHead } from "./case-head.js";
import { CaseTimeline } from "./case-timeline.js";
import { CaseWords } from "./case-words.js";
import { CloseSheet } from "./close-sheet.js";
import { DeclineSheet } from "./decline-sheet.js";
import { NoteBox } from "./note-box.js";
import { PauseSheet } from "./pause-sheet.js";
import { PromiseSheet } from "./promise-sheet.js";
import { PressIds, sendAct } from "./send-act.js";
import { SplitSheet } from "./split-sheet.js";
import { UNDO_OFFERED, UndoBar } from "./undo-bar.js";

const MINUTE = 60_000;
const CONFLICT = 409;
const MOST_OF_SCREEN = 0.3; // that the bar may cover

// Acts that take one press: the end of their address, and their body.
const PRESSES = {
  acknowledge: ["acknowledge", {}],
  take: ["assign", { person_id: "me" }],
  resume: ["resume", {}],
  fixed: ["close", { outcome: "fixed" }],
  reopen: ["reopen", {}],
};

const SHEETS = { assign: "AssignSheet", promise: "PromiseSheet", pause: "PauseSheet", close: "CloseSheet", decline: "DeclineSheet" };

export const CaseFile = {
  components: { AssignSheet, CaseHead, CaseTimeline, CaseWords, CloseSheet, DeclineSheet, NoteBox, PauseSheet, PromiseSheet, SplitSheet, UndoBar },

  template: `
    <article class="casefile-body" :aria-label="item.title">
      <div class="casefile-main">
        <case-head ref="head" :item="item" :embedded="embedded" :viewers="viewers" :labels="labels"></case-head>
        <case-words :item="item" :was-open="wasOpen" :now="now" :labels="labels" @split="sheet = 'SplitSheet'"></case-words>
        <p class="casefile-acts" :data-presses="item.id" role="group" :aria-label="labels.acts">
          <button type="button" class="press" v-for="act in shownActs" :key="act.place" :class="{ spent: act.off, done: act.done }"
                  :aria-disabled="busy || act.off ? 'true' : null" :data-act="act.verb" @click="press(act)">{{ act.label }}</button>
        </p>
        <section class="casefile-similar" v-if="item.similar.length" :aria-label="labels.similar">
          <h3>{{ labels.similar }}</h3>
          <ul><li v-for="other in item.similar" :key="other.id"><a :href="other.href">{{ other.words }}</a>
            <button type="button" class="press" v-if="item.isOpen" :aria-disabled="busy ? 'true' : null" :aria-label="labels.merge + ': ' + other.words"
                    @click="merge(other)">{{ labels.merge }}</button></li></ul>
        </section>
      </div>
      <div class="casefile-aside">
        <note-box :item="item" :person="person" :choices="choices" :labels="labels" @done="done" @overtaken="$emit('overtaken')"></note-box>
        <case-timeline :item="item" :now="now" :labels="labels" @undo="undo"></case-timeline>
      </div>
      <div class="casefile-bar" :class="{ tall: isTall }" ref="bar">
        <undo-bar :words="said" :act="undoable" :is-trouble="isTrouble" :busy="busy" :labels="labels" @undo="undo(undoable)"></undo-bar>
        <p v-if="wasOpen" :data-presses="item.id">
          <button type="button" class="press" v-for="act in item.bar" :key="act.place" :class="{ main: act.verb === 'fixed', spent: act.off, done: act.done }"
                  :aria-disabled="busy || act.off ? 'true' : null" :data-act="act.verb" @click="press(act)">{{ act.label }}</button>
        </p>
      </div>
      <component v-if="sheet" :is="sheet" :item="item" :person="person" :choices="choices" :labels="labels" ref="sheet" @done="done" @overtaken="$emit('overtaken')" @closed="sheet = ''"></component>
    </article>`,

  props: { item: Object, person: String, choices: Object, viewers: String, embedded: Boolean, labels: Object },

  emits: ["overtaken"],

  data() {
    return { now: Date.now(), sheet: "", busy: false, said: "", undoable: "", isTrouble: false, isTall: false, wasOpen: this.item.isOpen };
  },

  computed: {
    // A case that was closed before this screen was opened shows only what can be done then.
    shownActs() {
      return this.item.acts.filter((act) => this.wasOpen || !act.off);
    },
  },

  watch: {
    "item.isOpen"(isOpen) {
      this.wasOpen ||= isOpen;
    },
  },

  created() {
    this.ids = new PressIds();
  },

  mounted() {
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(this.$refs.bar);
  },

  beforeUpdate() {
    this.height = this.$refs.head.$el.offsetHeight;
  },

  // A shorter sentence above the buttons leaves room, and a longer one scrolls the page: they stay where the finger is.
  updated() {
    const head = this.$refs.head.$el;
    const grown = head.offsetHeight - this.height;
    if (grown < 0) head.style.minHeight = `${this.height}px`;
    if (grown > 0) scrollBy({ top: grown, behavior: "instant" });
  },

  unmounted() {
    clearInterval(this.timer);
    clearTimeout(this.fading);
    this.observer.disconnect();
  },

  methods: {
    // With large text the bar would cover what it is about. Then it stands below it.
    measure() {
      this.isTall = this.$refs.bar.offsetHeight > innerHeight * MOST_OF_SCREEN;
    },

    press(act) {
      if (this.busy || act.off) return;
      if (act.verb in SHEETS) this.sheet = SHEETS[act.verb];
      else this.send(act.verb, ...PRESSES[act.verb]);
    },

    merge(other) {
      if (!this.busy) this.send("merge", "merge", { into_id: other.id });
    },

    async undo(act) {
      if (!this.busy) await this.send(`undo ${act}`, "undo", { act_id: act });
    },

    async send(press, verb, body) {
      this.busy = true;
      const options = { person: this.person, words: this.labels };
      const { data, error, status } = await sendAct(this.item.id, verb, { id: this.ids.of(press), ...body }, options);
      this.busy = false;
      this.ids.settle(press, status);
      if (data) this.done({ verb: press.split(" ")[0], act: data.act, kept: data.kept });
      else this.refuse(error, status);
    },

    refuse(error, status) {
      this.say(error, "", true);
      if (status === CONFLICT) this.$emit("overtaken");
    },

    // A form has sent its act, or a press has.
    done({ verb, act, kept }) {
      this.$refs.sheet?.close();
      this.say(kept ? this.labels.kept : this.doneWords(verb), verb === "undo" ? "" : act, false);
    },

    // What was full is emptied: the button says so, and so does the answer.
    doneWords(verb) {
      return verb === "fixed" ? this.item.bar[0].label : this.labels.done[verb];
    },

    say(said, undoable, isTrouble) {
      Object.assign(this, { said, undoable, isTrouble });
      clearTimeout(this.fading);
      this.fading = setTimeout(() => Object.assign(this, { said: "", undoable: "" }), UNDO_OFFERED);
    },
  },
};
