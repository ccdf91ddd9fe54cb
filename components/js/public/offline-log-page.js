// The plain door of the log: it says when there is a network again. Nothing is taken away from under the thumb of who writes.

const LOOK_EVERY = 5_000;

export class LogPage {
  constructor(place, outbox) {
    Object.assign(this, { outbox, words: JSON.parse(place.dataset.log), status: place.querySelector("[data-back]") });
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.clock = setInterval(() => this.look(), LOOK_EVERY);
    if (location.pathname !== "/log") this.look();
  }

  async look() {
    this.answer ??= fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LOOK_EVERY) }).then((response) => response.json());
    const answer = await this.answer.catch(() => null);
    this.answer = null;
    if (!answer?.status) return;
    clearInterval(this.clock);
    this.outbox.flush({ now: true });
    if (!this.link) this.offer();
  }

  offer() {
    this.link = Object.assign(document.createElement("a"), { href: "/log", textContent: this.words.open });
    this.status.replaceChildren(this.words.back, " ", this.link);
  }
}
