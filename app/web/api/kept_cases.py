"""The open cases of a crew with residents' words, all at once: what their phones keep for when there is no network."""

from __future__ import annotations

from typing import Any, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.services.case_filter import CaseFilter, CaseView
from app.services.case_list import ListedCase
from app.services.container import Services
from app.web.api.auth import ReadCaller, secured
from app.web.api.cases_read import CaseRead, case_members
from app.web.api.entries_read import Named
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

MOST_KEPT = 200
"""Cases of each view that a phone keeps."""

router = APIRouter(prefix='/api/v1', tags=['cases'], dependencies=SAME_ORIGIN)


class KeptCase(CaseRead):
    """A case with the words and photos of its residents."""

    model_config = with_example(
        id='9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b', number='2026-142', state='confirmed', site_id='kransmossen',
        site='Kransmossen', asset='Färgat glas 1', code='K7M2QR', team_id='collectors', problem='full', words='Full',
        tone='full', reports=3, fine=0, since='2026-05-04T12:00:00Z', last_reported='2026-05-04T12:40:00Z',
        assignee=None, promised_for=None, paused=None, outcome=None, closed_at=None, late_hours=None,
        team='Insamlingen', notes=['The lid is stuck.'], photos=[],
    )  # fmt: skip

    team: str = Field(description='The name of the team.')
    notes: list[str] = Field(
        description='What residents wrote, the newest first; identity numbers as you may read them.'
    )
    photos: list[str] = Field(description='The addresses of the photos, for those who are signed in.')

    @classmethod
    async def read(cls, listed: ListedCase, services: Services, reader: Person) -> Self:
        """Return a case as this person may read it."""
        case_id, members = listed.case.id, case_members(listed, reader)
        notes = [mask_for(report.note, reader) for report in await services.cases.noted_reports(case_id)]
        photos = [f'/photos/{name}' for name in await services.cases.photos(case_id)]
        more: dict[str, Any] = {'team': listed.team.name if listed.team else '', 'notes': notes, 'photos': photos}
        return cls(**members, **more)


class KeptCasesOut(BaseModel):
    """Your name, and what your team and you have to do: first what can be done, then what waits."""

    person: Named
    cases: list[KeptCase]


@router.get(
    '/me/cases', summary='Read your open cases whole', responses=error_responses(*READ_ERRORS),
    openapi_extra=secured(Scope.READ),
)  # fmt: skip
async def kept_cases(caller: ReadCaller, services: ServerServices) -> KeptCasesOut:
    """List the open cases of your team and those that you were given, with residents' words.

    A phone keeps them for use without a network. Keep them no longer than you need them: they hold what people wrote.
    """
    person, cases = caller.person, services.case_list
    views = [await cases.page(person, CaseFilter(view), limit=MOST_KEPT) for view in (CaseView.TODO, CaseView.WAITING)]
    rows = [await KeptCase.read(listed, services, person) for view in views for listed in view.rows]
    return KeptCasesOut(person=Named(id=person.id, name=person.name), cases=rows)
