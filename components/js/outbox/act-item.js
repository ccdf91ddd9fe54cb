// An act on a case as an item of the outbox. The acts on one case are sent in their order.

export const ACT = "case-act";

// `verb` is the end of the address, and `body` has the minted id of the act. `about` is { case, number, thing, verb, what, text }.
export function actItem({ caseId, verb, body, person, language, about }) {
  return {
    id: body.id,
    kind: ACT,
    group: actGroup(caseId),
    url: `/api/v1/cases/${caseId}/${verb}`,
    photo_url: `/api/v1/cases/outcomes/${body.id}/photo`,
    method: "POST",
    body,
    person,
    language,
    about,
  };
}

export function actGroup(caseId) {
  return `cases/${caseId}`;
}

export function isAct({ kind }) {
  return kind === ACT;
}
