// The cases that this phone has kept, each with what waits to be sent about it.

import { createElement } from "../lib/dom.js";
import { interpolate } from "../lib/interpolate.js";
import { dayAndTime } from "../lib/time.js";
import { isAct } from "../outbox/act-item.js";
import { keptCases } from "../outbox/kept-cases.js";
import { KeptCard } from "./kept-card.js";
import { withActs } from "./with-acts.js";

export class KeptList {
  // `shows` says which of the cases are listed.
  constructor(element, outbox, words, shows = () => true) {
    Object.assign(this, { outbox, words, shows, cards: new Map() });
    this.note = element.querySelector("[data-kept]");
    this.list = element.querySelector("[data-list]");
  }

  // Return how many cases there are. The one with `number` is opened.
  async start(number) {
    this.outbox.subscribe(() => this.show().catch(() => {}));
    const count = await this.show().catch(() => this.tell(this.words.noStorage));
    const asked = number && [...this.cards.values()].find(({ item }) => item.number === number);
    if (asked) asked.open();
    return count;
  }

  // Cards keep their places: one that goes would move the next one under a finger.
  async show() {
    const kept = await keptCases(this.outbox.database);
    this.person = kept?.person;
    const cases = kept?.cases.filter(this.shows) ?? [];
    const acts = (await this.outbox.items()).filter((item) => isAct(item) && item.person === this.person?.id);
    for (const item of cases) this.cardOf(item).show(withActs(item, acts, this.person));
    this.tell(kept ? interpolate(this.words.keptAt, { when: dayAndTime(kept.at, Date.now()) }) : this.words.none);
    if (kept && !cases.length && !this.cards.size) this.tell(this.words.empty);
    return this.cards.size;
  }

  cardOf(item) {
    const card = this.cards.get(item.id) ?? new KeptCard(this, item);
    if (!this.cards.has(item.id)) this.list.append(createElement("li", { className: item.tone }, card.element));
    this.cards.set(item.id, card);
    return card;
  }

  tell(sentence) {
    if (this.note.textContent !== sentence) this.note.textContent = sentence;
  }
}
