// The buttons of a case. They keep their places: one that has done its work stays, and a closed case keeps its buttons
// and can be opened again while it is shown.

export const SHOWN_CLOSED = 10_000; // milliseconds for which a case that was just closed keeps its place

export const CaseActions = {
  template: `
    <p class="feed-actions" :data-presses="item.id">
      <button class="press" v-for="action in item.actions" :key="action.verb" :class="{ spent: action.spent }" :aria-label="action.named"
              :aria-disabled="busy || action.spent ? 'true' : null" @click="press(action)">{{ action.label }}</button>
      <span class="case-undo" v-if="undoable">{{ " · " }}
        <button class="press" :aria-label="labels.undo + ': ' + item.thing + ', ' + item.problem" :aria-disabled="busy ? 'true' : null"
                @click="$emit('act', 'reopen')">{{ labels.undo }}</button></span>
    </p>`,

  props: { item: Object, labels: Object, busy: Boolean, undoable: Boolean },
  emits: ["act"],

  methods: {
    press(action) {
      if (!action.spent) this.$emit("act", action.verb);
    },
  },
};

// Return a case as it is now, with the notes that it had unless it comes with new ones. One that was just closed keeps the words and buttons that it had, so that nothing on its
// card moves. The buttons are spent.
export function keepingButtons(now, before) {
  const notes = now.notes ?? before.notes;
  if (now.open) return { ...now, notes };
  return { ...now, notes, actions: before.actions.map((action) => ({ ...action, spent: true })) };
}
