// Let some reports of a case count in a new one.

import { dayAndTime } from "../lib/time.js";
import { ActDraft } from "./act-draft.js";
import { ActSheet } from "./act-sheet.js";

export const SplitSheet = {
  extends: ActDraft,
  verb: "split",
  fields: ["report_ids"],
  components: { ActSheet },

  template: `
    <act-sheet ref="sheet" :title="labels.split" :button="labels.splitButton" :error="field ? '' : error" :busy="isSending" :labels="labels"
               @send="send" @closed="$emit('closed')">
      <p class="quiet">{{ labels.splitHint }}</p>
      <fieldset class="choices act-choices" ref="report_ids" tabindex="-1"><legend>{{ labels.splitWhich }}</legend>
        <label class="choice checks" v-for="report in item.reports" :key="report.id"><input type="checkbox" :value="report.id" v-model="draft.reports"><span
          class="written">{{ when(report) }}<template v-if="report.text">: {{ report.text }}</template></span></label>
        <p class="entry-flaw" role="alert" v-if="flawOf('report_ids')">{{ flawOf("report_ids") }}</p>
      </fieldset>
    </act-sheet>`,

  emits: ["done", "overtaken", "closed"],

  methods: {
    emptyDraft() {
      return { reports: [] };
    },

    lacking() {
      return this.draft.reports.length ? "" : "report_ids";
    },

    body() {
      return { report_ids: this.draft.reports };
    },

    when({ at }) {
      return dayAndTime(at, Date.now());
    },
  },
};
