// The undo on the thanks page. It is offered for a minute. Without a network the wish waits on the phone. Without this
// module the browser posts the form.

import { setText } from "../lib/dom.js";
import { thanksUrl } from "../lib/urls.js";
import { outbox } from "../outbox/page-outbox.js";
import { takeBack } from "../outbox/taking-back.js";

const TIMEOUT = 4_000;

class UndoForm {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.words);
    this.status = form.querySelector("[role=status]");
    this.button = form.querySelector("button");
    this.timer = setTimeout(() => this.end(), Number(form.dataset.undo) * 1000);
    form.addEventListener("submit", (event) => this.submit(event));
  }

  async submit(event) {
    event.preventDefault();
    if (this.isPressed) return;
    this.isPressed = true;
    clearTimeout(this.timer);
    this.button.setAttribute("aria-disabled", "true");
    const { code, id, thing } = this.form.dataset;
    try {
      await takeBack(outbox, { id, code, thing, what: this.button.textContent });
    } catch {
      return this.form.submit(); // this browser stores nothing
    }
    this.showOutcome(await this.outcome(id));
  }

  // Resolve to the outbox's event about the wish, or to nothing after a while.
  outcome(id) {
    return new Promise((resolve) => {
      const settle = (event) => {
        unsubscribe();
        clearTimeout(timer);
        resolve(event);
      };
      const unsubscribe = outbox.subscribe((event) => {
        if (event.sent?.id === id || event.refused === id || event.stopped) settle(event);
      });
      const timer = setTimeout(() => settle({}), TIMEOUT);
      outbox.flush({ now: true });
    });
  }

  showOutcome({ sent, refused }) {
    const { code, id } = this.form.dataset;
    if (sent) location.replace(thanksUrl(code, id));
    else setText(this.status, refused ? this.words.failed : this.words.queued);
    if (!sent) this.button.hidden = true;
  }

  end() {
    const hadFocus = this.form.contains(document.activeElement);
    this.form.remove();
    if (hadFocus) Object.assign(document.querySelector("h1"), { tabIndex: -1 }).focus();
  }
}

const form = document.querySelector("form[data-undo]");
if (form) new UndoForm(form);
