"""The acts of staff on cases in /api/v1. Each has an id that its client mints, and is safe to repeat."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from app.domain.access_tokens import Scope
from app.domain.case_pauses import PauseReason
from app.domain.cases import Case
from app.domain.errors import Invalid
from app.services.case_act_recorder import CaseActReceipt
from app.web.api import case_bodies as bodies
from app.web.api.auth import CaseAuthor, CasesCaller, secured
from app.web.http.openapi_helpers import JSON_BODY, WRITE_ERRORS, error_responses
from app.web.http.origin import SAME_ORIGIN
from app.web.http.photo_uploads import PHOTO_BODY, PHOTO_PROBLEMS, require_picture
from app.web.http.state import ServerServices, state_of

router = APIRouter(prefix='/api/v1/cases', tags=['cases'], dependencies=SAME_ORIGIN)

CaseId = Annotated[str, Path(description='The id of a case.')]
MET = {
    409: 'It came too late: somebody has ended or changed the case, and the answer says who. The act is kept, with '
    'what it met. Or the id has been used for something else.'
}
ACTING = error_responses(*WRITE_ERRORS, *JSON_BODY, 404, because=MET)
"""The error answers of all acts."""

PHOTOGRAPHED = {
    403: 'Somebody else has closed the case, the token is not for this, or another website sent it.',
    404: 'No case was closed by this act.',
    410: 'The case has been opened again.',
}


@router.post(
    '/{case_id}/acknowledge', summary='Take a case on for its team', responses=ACTING,
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def acknowledge(
    case_id: CaseId, by: CaseAuthor, services: ServerServices, sent: bodies.ActIn | None = None
) -> bodies.CaseActOut:
    """Say that the case has been seen and will be taken care of. Without a body Haren mints an id."""
    id = sent.id if sent else services.case_acts.mint()
    return _done(await services.case_acts.acknowledge(by, case_id, id))


@router.post(
    '/{case_id}/assign', summary='Give a case to a person or a team', responses=ACTING,
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def assign(case_id: CaseId, sent: bodies.AssignIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    """The person is told. Nobody takes a case for themselves that a colleague has, unless they have `seen` that."""
    person_id = by.id if sent.person_id == 'me' else sent.person_id
    return _done(await services.case_acts.assign(by, case_id, sent.id, person_id, sent.team_id, seen=sent.seen))


@router.post(
    '/{case_id}/decline', summary='Give a case back', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def decline(
    case_id: CaseId, sent: bodies.DeclineIn, by: CaseAuthor, services: ServerServices
) -> bodies.CaseActOut:
    """Give back what was assigned to oneself or to one's team. Whoever assigned it is told."""
    return _done(await services.case_acts.decline(by, case_id, sent.id, sent.words))


@router.post(
    '/{case_id}/promise', summary='Promise a day', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def promise(
    case_id: CaseId, sent: bodies.PromiseIn, by: CaseAuthor, services: ServerServices
) -> bodies.CaseActOut:
    return _done(await services.case_acts.promise(by, case_id, sent.id, sent.day, seen=sent.seen))


@router.post(
    '/{case_id}/pause', summary='Pause a case', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def pause(case_id: CaseId, sent: bodies.PauseIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    """The clock of its deadlines stops. A case that waits for an obstacle goes on by itself once that is gone."""
    reason = sent.reason or (PauseReason.OBSTACLE if sent.obstacle_id else None)
    if reason is None:
        raise Invalid('reason', 'Choose why it waits.')
    receipt = await services.case_acts.pause(by, case_id, sent.id, reason, sent.words, sent.obstacle_id, seen=sent.seen)
    return _done(receipt)


@router.post(
    '/{case_id}/resume', summary='Go on with a paused case', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def resume(case_id: CaseId, sent: bodies.ActIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    return _done(await services.case_acts.resume(by, case_id, sent.id))


@router.post(
    '/{case_id}/close', summary='Close a case with an outcome', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def close(case_id: CaseId, sent: bodies.CloseIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    """Only `fixed` counts as fixed."""
    receipt = await services.case_acts.close(
        by, case_id, sent.id, sent.outcome, sent.words, sent.public, sent.duplicate_of
    )
    return _done(receipt)


@router.post(
    '/{case_id}/resolve', summary='Close a case as fixed',
    responses=error_responses(*WRITE_ERRORS, 404, 409, because={409: 'The case is closed already.'}),
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def resolve(case_id: CaseId, caller: CasesCaller, services: ServerServices) -> bodies.CaseOut:
    """The same as closing it as fixed, without an id and words."""
    return _out(await services.cases.resolve(caller.person, case_id))


@router.post(
    '/{case_id}/reopen', summary='Open a closed case again',
    responses=error_responses(
        *WRITE_ERRORS, *JSON_BODY, 404,
        because={
            **MET, 403: 'The key lacks the scope; without a body, also if somebody else has closed it.',
        },
    ),
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def reopen(
    case_id: CaseId, by: CaseAuthor, services: ServerServices, sent: bodies.ReopenIn | None = None
) -> bodies.CaseActOut | bodies.CaseOut:
    """Open a case in the state that it had before. A duplicate counts by itself again.

    Without a body it undoes that the same person has closed it as fixed within the last 10 minutes.
    """
    if sent is None:
        return _out(await services.cases.reopen(by, case_id))
    return _done(await services.case_acts.reopen(by, case_id, sent.id, sent.words))


@router.post(
    '/{case_id}/merge', summary='Merge a case into another one', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def merge(case_id: CaseId, sent: bodies.MergeIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    """Close a case as a duplicate of an open one at the same place: its reports count there as well."""
    return _done(await services.case_acts.merge(by, case_id, sent.id, sent.into_id))


@router.post(
    '/{case_id}/split', summary='Make a case of its own of some reports', responses=ACTING,
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def split(case_id: CaseId, sent: bodies.SplitIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    return _done(await services.case_acts.split(by, case_id, sent.id, sent.report_ids))


@router.post(
    '/{case_id}/notes', summary='Write a note for colleagues', responses=ACTING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def note(case_id: CaseId, sent: bodies.NoteIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    return _done(await services.case_acts.note(by, case_id, sent.id, sent.text))


@router.post(
    '/{case_id}/undo', summary='Undo an act',
    responses=error_responses(*WRITE_ERRORS, *JSON_BODY, 404, because={**MET, 403: 'It was somebody else’s act.'}),
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def undo(case_id: CaseId, sent: bodies.UndoIn, by: CaseAuthor, services: ServerServices) -> bodies.CaseActOut:
    """Undo one's own act within 10 minutes, if no colleague has done anything since; a merge or a split at any time."""
    return _done(await services.case_acts.undo(by, case_id, sent.id, sent.act_id))


@router.put(
    '/outcomes/{act_id}/photo', summary='Show how it is after a case was closed',
    openapi_extra={**PHOTO_BODY, **secured(Scope.CASES)},
    responses=error_responses(401, 409, 429, because={**PHOTO_PROBLEMS, **PHOTOGRAPHED}),
)  # fmt: skip
async def photograph(
    request: Request, act_id: Annotated[str, Path(description='The id of the act that closed the case.')],
    by: CaseAuthor, services: ServerServices,
) -> bodies.CaseActOut:  # fmt: skip
    """Replace any photo of this outcome. Sending the same photo again changes nothing."""
    require_picture(request)
    await services.case_acts.expect_outcome_photo(by, act_id)
    async with state_of(request).photo_uploads.body(request) as photo:
        return _done(await services.case_acts.add_outcome_photo(by, act_id, photo))


def _done(receipt: CaseActReceipt) -> bodies.CaseActOut:
    case, act = receipt.case, receipt.act
    return bodies.CaseActOut(
        id=case.id, number=case.number, state=case.state, act=act.id, revision=case.revision, made_id=act.made_id
    )


def _out(case: Case) -> bodies.CaseOut:
    return bodies.CaseOut(id=case.id, number=case.number, state=case.state)
