// Ignore a press that was not meant for what it hits: the second tap of a double tap, when the first one has changed
// what lies under the finger. One listener guards all buttons of a page, whoever has made them.
//
// Within APART of a press these presses are ignored:
// - another one on the same thing: the same button, or a button in the same [data-presses] (a case, say);
// - one at the same place that would hit something else.
// By keyboard only the same button counts: the focus goes nowhere by itself. Whoever types in between means both.

export const APART = 800; // milliseconds

const NEAR = 40; // pixels: as far apart as two taps of one finger
const PRESSABLE = "button, a[href], summary, label, [role=button], [role=checkbox], [role=radio], [role=tab], [role=option]";

let last = null;

export function guardPresses() {
  addEventListener("click", onClick, { capture: true });
  addEventListener("input", () => (last = null), { capture: true });
}

function onClick(event) {
  const element = event.target.closest?.(PRESSABLE);
  if (!element) return;
  const press = describe(event, element);
  if (last && press.at - last.at < APART && isStray(press)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    last = press;
  }
}

function describe(event, element) {
  const control = element.control ?? element; // a press on a label is one on its field, too
  const byKeyboard = event.isTrusted && event.detail === 0;
  return {
    at: event.timeStamp,
    element: control,
    thing: thingOf(control),
    byKeyboard,
    place: byKeyboard || !event.isTrusted ? null : [event.clientX, event.clientY],
  };
}

function thingOf(control) {
  return control.matches("button") ? (control.closest("[data-presses]")?.dataset.presses ?? control) : null;
}

function isStray(press) {
  if (press.element === last.element) return press.thing !== null;
  if (press.byKeyboard) return false;
  return (press.thing !== null && press.thing === last.thing) || isNear(press.place, last.place);
}

function isNear(place, other) {
  return place !== null && other !== null && Math.hypot(place[0] - other[0], place[1] - other[1]) < NEAR;
}
