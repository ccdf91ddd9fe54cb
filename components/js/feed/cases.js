// The open cases beside the feed. Urgent ones come first, then the oldest.

import { CaseActions, keepingButtons, SHOWN_CLOSED } from "haren/feed/case-actions.js";
import { APART } from "haren/lib/presses.js";
import { ago } from "haren/lib/time.js";
import LongText from "haren/ui/long_text.js";

const TONES = ["urgent", "full", "notice"];
const MINUTE = 60_000;

export default {
  components: { CaseActions, LongText },

  template: `
    <section class="cases" :aria-label="labels.cases">
      <details :open="isWide">
        <summary class="cases-count">{{ labels.cases }} <b>{{ openCount + more }}</b></summary>
        <p class="quiet" v-if="!items.length && !more">{{ labels.none }}</p>
        <ul class="cases-list">
          <li class="case" :class="item.tone" v-for="item in sorted" :key="item.id" :data-case="item.id">
            <p class="case-name"><span v-html="item.icon"></span>
              <a :href="'/cases/' + item.number">{{ item.thing }}</a> <b>{{ item.problem }}</b></p>
            <p class="case-where">{{ item.place }} · {{ item.number }}</p>
            <p class="case-where">{{ item.state }} · {{ item.reports }} · {{ age(item) }}</p>
            <long-text class="case-note" v-for="note in item.notes" :key="note.id" :labels="labels">{{ note.text }}</long-text>
            <p class="photos" v-if="item.photos.length">
              <a v-for="photo in item.photos" :key="photo.src" :href="photo.src" target="_blank"><img
                :src="photo.src" :alt="photo.alt" loading="lazy" width="72" height="72"></a>
            </p>
            <p class="case-fine" v-if="item.fine">{{ item.fine }}</p>
            <case-actions :item="item" :labels="labels" :busy="!!busy[item.id]" :undoable="!item.open && !!undoable[item.id]"
                          @act="act(item.id, $event)"></case-actions>
          </li>
        </ul>
        <p class="cases-all" v-if="more"><a href="/cases">{{ labels.allCases }}</a></p>
      </details>
    </section>`,

  props: { rows: Array, hidden: Number, labels: Object },
  emits: ["act"],

  data() {
    return { items: this.rows, more: this.hidden, busy: {}, undoable: {}, movedAt: -APART, now: Date.now(), isWide: matchMedia("(min-width: 1000px)").matches };
  },

  computed: {
    openCount() {
      return this.items.filter((item) => item.open).length;
    },

    sorted() {
      return [...this.items].sort((a, b) => TONES.indexOf(a.tone) - TONES.indexOf(b.tone) || a.since.localeCompare(b.since));
    },
  },

  mounted() {
    this.timer = setInterval(() => (this.now = Date.now()), MINUTE);
  },

  created() {
    this.leaving = new Map();
  },

  unmounted() {
    clearInterval(this.timer);
    for (const timer of this.leaving.values()) clearTimeout(timer);
  },

  methods: {
    put(rows) {
      for (const row of rows) {
        this.settle(row.id);
        this.stay(row.id);
        const place = this.items.findIndex((item) => item.id === row.id);
        if (place >= 0) this.items[place] = keepingButtons(row, this.items[place]);
        else if (row.open) this.items.push(row);
        if (row.open) delete this.undoable[row.id];
        else if (place >= 0) this.leaving.set(row.id, setTimeout(() => this.remove(row.id), SHOWN_CLOSED));
      }
    },

    // `hidden` counts the cases that are not among these rows.
    restart(rows, hidden) {
      for (const caseId of this.leaving.keys()) this.stay(caseId);
      Object.assign(this, { items: rows, more: hidden, busy: {}, undoable: {}, movedAt: performance.now() });
    },

    stay(caseId) {
      clearTimeout(this.leaving.get(caseId));
      this.leaving.delete(caseId);
    },

    remove(caseId) {
      this.stay(caseId);
      const focused = this.focused();
      this.items = this.items.filter((item) => item.id !== caseId);
      this.movedAt = performance.now();
      delete this.undoable[caseId];
      if (focused) this.$nextTick(() => document.activeElement === document.body && this.restoreFocus(focused));
    },

    // Whoever has closed a case here can undo that.
    offerUndo(caseId) {
      this.undoable[caseId] = true;
    },

    // Return the case that has the focus, and its index.
    focused() {
      const caseId = document.activeElement?.closest("[data-case]")?.dataset.case;
      return caseId && { caseId, index: this.sorted.findIndex((item) => item.id === caseId) };
    },

    // A button that is removed loses the focus. It goes to the name of its case, or of the case that takes its place.
    restoreFocus({ caseId, index }) {
      const items = [...this.$el.querySelectorAll("[data-case]")];
      const item = items.find((item) => item.dataset.case === caseId) ?? items[index] ?? items.at(-1);
      (item?.querySelector("a") ?? this.$el.querySelector("summary")).focus();
    },

    settle(caseId) {
      delete this.busy[caseId];
    },

    act(caseId, verb) {
      // A case that is removed moves the next one under a finger that is about to tap.
      if (this.busy[caseId] || performance.now() - this.movedAt < APART) return;
      this.busy[caseId] = true;
      this.$emit("act", { case: caseId, verb });
    },

    age(item) {
      return ago(item.since, this.now, this.labels.justNow);
    },
  },
};
