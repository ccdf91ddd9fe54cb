// Show what is wrong with an entry: at the field that it concerns, or above the button that saves.

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

  // Focus the field, or the message where the field is a group. A message without a field has the role alert and
  // takes no focus from somebody who writes on.
  focusOn(field, message) {
    const input = field instanceof HTMLElement ? field : null;
    input?.setAttribute("aria-invalid", "true");
    (input ?? message).focus({ preventScroll: true });
    (input ?? message).scrollIntoView({ block: "center" });
  }

  // Whoever edits the field has seen the message.
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
