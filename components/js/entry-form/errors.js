// What is wrong with an entry: said at the field that it concerns, or above the button that saves.

export class FieldErrors {
  constructor(form) {
    this.form = form;
  }

  show(field, ...parts) {
    const element = this.fieldPlace(field) ?? this.fieldPlace("");
    element.replaceChildren(...parts.flatMap((part) => [part, " "]).slice(0, -1));
    element.hidden = false;
    const details = element.closest("details");
    if (details) details.open = true;
    if (field) this.focusOn(this.form.elements[field], element);
  }

  fieldPlace(field) {
    return this.form.querySelector(`[data-flaw="${CSS.escape(field)}"]`);
  }

  // To the field, or to the flaw where the field is several. What concerns no field is told by its role, and who goes on
  // writing is left in peace.
  focusOn(field, message) {
    const input = field instanceof HTMLElement ? field : null;
    input?.setAttribute("aria-invalid", "true");
    (input ?? message).focus({ preventScroll: true });
    (input ?? message).scrollIntoView({ block: "center" });
  }

  // What is being mended needs no reminder.
  clear(field) {
    const element = field !== undefined && this.fieldPlace(field);
    if (element) element.hidden = true;
    if (element && this.form.elements[field] instanceof HTMLElement) this.form.elements[field].removeAttribute("aria-invalid");
  }

  clearAll() {
    for (const element of this.form.querySelectorAll("[data-flaw]")) element.hidden = true;
    for (const field of this.form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }
}
