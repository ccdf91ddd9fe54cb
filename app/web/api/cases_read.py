"""Read cases: those that somebody looks for, and one case whole."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import OPEN, CaseState
from app.domain.cases import Case
from app.domain.catalogue import Tone
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.services.case_filter import LONGEST_SOUGHT
from app.services.case_list import PAGE, CaseQuery, ListedCase
from app.web.api.auth import ReadCaller, secured
from app.web.api.entries_read import MOST_AT_ONCE, Before, Named
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/cases', tags=['cases'], dependencies=SAME_ORIGIN)


class StateGroup(StrEnum):
    """All states of cases that are open, and all of those that are over."""

    OPEN = 'open'
    ENDED = 'ended'


class CasePauseOut(BaseModel):
    """Why nothing can be done for now."""

    reason: PauseReason
    words: str = Field(description='What staff wrote about it.')
    obstacle_id: str | None = Field(description='The obstacle of the diary that it waits for.')
    since: datetime


class CaseRead(BaseModel):
    """A case: the reports about one problem of one asset."""

    model_config = with_example(
        id='9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b', number='2026-142', state='acknowledged', site_id='kransmossen',
        site='Kransmossen', asset='Färgat glas 1', code='K7M2QR', team_id='collectors', problem='full', words='Full',
        tone='full', reports=3, fine=0, since='2026-05-04T12:00:00Z', last_reported='2026-05-04T12:40:00Z',
        assignee={'id': 'fia', 'name': 'Fia Fält'}, promised_for='2026-05-07', paused=None, outcome=None,
        closed_at=None, late_hours=None,
    )  # fmt: skip

    id: str
    number: str
    state: CaseState
    site_id: str
    site: str
    asset: str = Field(description='The name of the thing.')
    code: str = Field(description='The code of its sticker; empty if the thing is gone.')
    team_id: str | None = Field(description='The team that takes care of it.')
    problem: str = Field(description='The kind of problem.')
    words: str = Field(description='The problem in the caller’s language.')
    tone: Tone = Field(description='How pressing that kind is.')
    reports: int
    fine: int = Field(description='How many people have reported since that it is fine now.')
    since: datetime
    last_reported: datetime
    assignee: Named | None = Field(description='The person who takes care of it.')
    promised_for: date | None = Field(description='The day that residents were promised.')
    paused: CasePauseOut | None
    outcome: Outcome | None = Field(description='How it ended, if staff or residents ended it.')
    closed_at: datetime | None
    late_hours: float | None = Field(description='The working hours by which it is late; null if it is not.')

    @classmethod
    def of(cls, listed: ListedCase, reader: Person) -> Self:
        """Return a case as this person may read it."""
        return cls(**case_members(listed, reader))


class CasesOut(BaseModel):
    """Some cases, the newest first. `older` asks for the next page; it is null on the last one."""

    cases: list[CaseRead]
    older: str | None = None


@router.get(
    '', summary='See what is open, or look for cases', responses=error_responses(*READ_ERRORS, 422),
    openapi_extra=secured(Scope.READ),
)  # fmt: skip
async def page(
    caller: ReadCaller,
    services: ServerServices,
    state: Annotated[
        StateGroup | CaseState | None, Query(description='One state, all that are `open`, or all that have `ended`.')
    ] = None,
    team: Annotated[str | None, Query(description='The id of a team.')] = None,
    site: Annotated[str | None, Query(description='The id of a place.')] = None,
    q: Annotated[
        str,
        Query(max_length=LONGEST_SOUGHT, description='Words of the thing, place, problem, team or person; a number.'),
    ] = '',
    before: Before = None,
    limit: Annotated[
        int | None, Query(ge=1, le=MOST_AT_ONCE, description='About how many; fewer if few of them match.')
    ] = None,
) -> CasesOut:
    """List cases, the newest first. Without any parameter all open ones come at once."""
    is_all = not q and all(asked is None for asked in (state, team, site, before, limit))
    query = CaseQuery(_states(state), team, site, q)
    cases, older = await services.case_list.newest(caller.person, query, before, None if is_all else limit or PAGE)
    return CasesOut(cases=[CaseRead.of(listed, caller.person) for listed in cases], older=older)


def _states(state: StateGroup | CaseState | None) -> frozenset[CaseState]:
    if state is None or state is StateGroup.OPEN:
        return OPEN
    return frozenset(CaseState) - OPEN if state is StateGroup.ENDED else frozenset({CaseState(state)})


def case_members(listed: ListedCase, reader: Person) -> dict[str, Any]:
    """Return the members of a case."""
    case, asset, problem, assignee = listed.case, listed.asset, listed.problem, listed.assignee
    return {
        'id': case.id, 'number': case.number, 'state': case.state, 'site_id': case.site_id, 'team_id': case.team_id,
        'site': listed.site.name if listed.site else '', 'asset': asset.name if asset else '',
        'code': asset.code if asset else '', 'problem': problem.id, 'words': problem.state.in_(reader.language),
        'tone': problem.tone, 'reports': case.reports, 'fine': case.fine, 'since': case.opened_at,
        'last_reported': case.reported_at, 'assignee': Named(id=assignee.id, name=assignee.name) if assignee else None,
        'promised_for': case.promised_for, 'paused': _pause(case, reader), 'outcome': case.ended_as,
        'closed_at': case.closed_at, 'late_hours': listed.lateness.deadlines.late_hours,
    }  # fmt: skip


def _pause(case: Case, reader: Person) -> CasePauseOut | None:
    if (pause := case.pause) is None:
        return None
    return CasePauseOut(
        reason=pause.reason, words=mask_for(pause.words, reader), obstacle_id=pause.obstacle_id, since=pause.since
    )
