// Say what was just done, and offer to undo it for a while.

export const UNDO_OFFERED = 10_000; // milliseconds

export const UndoBar = {
  template: `
    <div class="undo-bar" role="status">
      <p v-if="words" :class="{ trouble: isTrouble }"><span>{{ words }}</span>
        <button type="button" class="press" v-if="act" :aria-disabled="busy ? 'true' : null" @click="$emit('undo')">{{ labels.undo }}</button></p>
    </div>`,

  props: { words: String, act: String, isTrouble: Boolean, busy: Boolean, labels: Object },
  emits: ["undo"],
};
