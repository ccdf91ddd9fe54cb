// The plain page of the log: say when there is a network again. It never reloads, as somebody may be writing.

import { ServerWatch } from "./server-watch.js";

export class OfflineLogPage {
  constructor(element, outbox) {
    Object.assign(this, { outbox, words: JSON.parse(element.dataset.log), status: element.querySelector("[data-back]") });
    const watch = new ServerWatch(() => this.onServerAnswer());
    if (location.pathname !== "/log") watch.check();
  }

  onServerAnswer() {
    this.outbox.flush({ now: true });
    if (!this.link) this.showLink();
  }

  showLink() {
    this.link = Object.assign(document.createElement("a"), { href: "/log", textContent: this.words.open });
    this.status.replaceChildren(this.words.back, " ", this.link);
  }
}
