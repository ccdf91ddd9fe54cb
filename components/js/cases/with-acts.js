// Show a kept case as it is once the acts that wait on this phone have arrived.

const CHANGES = {
  acknowledge: (item) => ({ state: item.state === "paused" ? "paused" : "acknowledged" }),
  assign: (item, { body, person }) => ({ state: "acknowledged", assignee: body.person_id === "me" ? person : item.assignee }),
  promise: (item, { body }) => ({ promised_for: body.day }),
  pause: () => ({ state: "paused" }),
  resume: () => ({ state: "acknowledged" }),
  close: (item, { body }) => ({ closed: body.outcome }),
  reopen: () => ({ closed: "" }),
};

// `acts` are items of the outbox, oldest first. `person` is { id, name }. A refused act changes nothing.
export function withActs(item, acts, person) {
  const own = acts.filter(({ about, state }) => about.case === item.id && state === "waiting");
  const apply = (shown, { about, body }) => ({ ...shown, ...CHANGES[about.verb]?.(shown, { body, person }) });
  return { ...own.reduce(apply, item), waits: own.length > 0 };
}
