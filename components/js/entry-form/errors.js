// What is wrong with an entry: said at the field that it concerns, or above the button that saves.

export class FieldErrors {
  constructor(form) {
    this.form = form;
  }

  tell(field, ...sentence) {
    const place = this.at(field) ?? this.at("");
    place.replaceChildren(...sentence.flatMap((part) => [part, " "]).slice(0, -1));
    place.hidden = false;
    const details = place.closest("details");
    if (details) details.open = true;
    if (field) this.goTo(this.form.elements[field], place);
  }

  at(field) {
    return this.form.querySelector(`[data-flaw="${CSS.escape(field)}"]`);
  }

  // To the field, or to the flaw where the field is several. What concerns no field is told by its role, and who goes on
  // writing is left in peace.
  goTo(field, flaw) {
    const one = field instanceof HTMLElement ? field : null;
    one?.setAttribute("aria-invalid", "true");
    (one ?? flaw).focus({ preventScroll: true });
    (one ?? flaw).scrollIntoView({ block: "center" });
  }

  // What is being mended needs no reminder.
  forgive(field) {
    const place = field !== undefined && this.at(field);
    if (place) place.hidden = true;
    if (place && this.form.elements[field] instanceof HTMLElement) this.form.elements[field].removeAttribute("aria-invalid");
  }

  clear() {
    for (const place of this.form.querySelectorAll("[data-flaw]")) place.hidden = true;
    for (const field of this.form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }
}
