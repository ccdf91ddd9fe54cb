// What somebody has begun to write, kept in this browser: one draft an entry, so that two tabs write two of them.

export class Drafts {
  // `owner` is the person: another one on the same device sees none of these.
  constructor(owner) {
    this.start = `haren:draft:${owner}:`;
    this.lastPlace = `haren:last:${owner}`;
  }

  place(id) {
    return this.start + id;
  }

  get(id) {
    return recall(this.place(id));
  }

  keep(draft) {
    remember(this.place(draft.id), { ...draft, at: Date.now() });
  }

  forget(id) {
    forget(this.place(id));
  }

  // The newest first; those with words before those with choices alone.
  unfinished() {
    const drafts = this.places().map(recall).filter((draft) => draft?.id);
    return drafts.sort((one, other) => Boolean(other.text) - Boolean(one.text) || other.at - one.at);
  }

  // What was chosen last, for the next entry.
  last() {
    return recall(this.lastPlace);
  }

  rememberLast(choices) {
    remember(this.lastPlace, choices);
  }

  // Whether this tab has a draft to itself from now on, until it is closed. Locks exist only where the page is served
  // securely and the browser is of 2022 or later.
  hold(id) {
    if (!navigator.locks) return true;
    return new Promise((tell) => {
      const held = (lock) => {
        tell(Boolean(lock));
        return lock && new Promise(() => {});
      };
      navigator.locks.request(this.place(id), { ifAvailable: true }, held).catch(() => tell(true));
    });
  }

  places() {
    try {
      return Object.keys(localStorage).filter((place) => place.startsWith(this.start));
    } catch {
      return [];
    }
  }
}

// A browser may refuse to keep anything (private windows, a full disk); the form works all the same.
function remember(place, value) {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {}
}

function recall(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function forget(place) {
  try {
    localStorage.removeItem(place);
  } catch {}
}
