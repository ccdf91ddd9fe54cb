// The plain page of the log or of the cases: say when there is a network again. It never reloads, as somebody may be
// writing.

import { ServerWatch } from "./server-watch.js";

export class OfflineStaffPage {
  // `words` is { back, openPage }, and `address` the page that this one stands in for.
  constructor(element, outbox, words, address) {
    Object.assign(this, { outbox, words, address, status: element.querySelector("[data-back]") });
    const watch = new ServerWatch(() => this.onServerAnswer());
    if (location.pathname.startsWith("/offline/")) watch.check();
  }

  onServerAnswer() {
    this.outbox.flush({ now: true });
    if (!this.link) this.showLink();
  }

  showLink() {
    this.link = Object.assign(document.createElement("a"), { href: this.address, textContent: this.words.openPage });
    this.status.replaceChildren(this.words.back, " ", this.link);
  }
}
