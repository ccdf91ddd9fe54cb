"""The cases' part of /api/v1: list open cases, acknowledge, resolve and reopen them."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Tone
from app.services.container import Services
from app.web.api.auth import CasesCaller, ReadCaller, secured
from app.web.http.openapi_helpers import READ_ERRORS, WRITE_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/cases', tags=['cases'], dependencies=SAME_ORIGIN)

MOVING = error_responses(*WRITE_ERRORS, 404, 409, because={409: 'The case is closed or acknowledged already.'})
"""The error answers of the routes that change a case's state."""


class CaseOut(BaseModel):
    """A case as it is now."""

    model_config = with_example(id='9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b', number='2026-142', state='acknowledged')

    id: str
    number: str
    state: CaseState


class CaseRead(CaseOut):
    """An open case: the reports about one problem of one asset."""

    model_config = with_example(
        id='9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b', number='2026-142', state='confirmed', site_id='kransmossen',
        site='Kransmossen', asset='Färgat glas 1', code='K7M2QR', team_id='collectors', problem='full', words='Full',
        tone='full', reports=3, fine=0, since='2026-05-04T12:00:00Z', last_reported='2026-05-04T12:40:00Z',
    )  # fmt: skip

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


class CasesOut(BaseModel):
    """The list of open cases, the newest first."""

    cases: list[CaseRead]


@router.get('', summary='See what is open', responses=error_responses(*READ_ERRORS), openapi_extra=secured(Scope.READ))
async def still_open(caller: ReadCaller, services: ServerServices) -> CasesOut:
    cases = await services.cases.open()
    return CasesOut(cases=[await _read(case, services, caller.person.language) for case in cases])


@router.post(
    '/{case_id}/acknowledge',
    summary='Say that a case has been seen',
    responses=MOVING,
    openapi_extra=secured(Scope.CASES),
)
async def acknowledge(case_id: str, caller: CasesCaller, services: ServerServices) -> CaseOut:
    return _out(await services.cases.acknowledge(caller.person, case_id))


@router.post(
    '/{case_id}/resolve', summary='Close a case', responses=MOVING, openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def resolve(case_id: str, caller: CasesCaller, services: ServerServices) -> CaseOut:
    return _out(await services.cases.resolve(caller.person, case_id))


@router.post(
    '/{case_id}/reopen',
    summary='Undo that a case was closed',
    responses=error_responses(
        *WRITE_ERRORS, 404, 409,
        because={
            403: 'Somebody else has closed it, or the key lacks the scope.',
            409: 'It is open, was closed more than 10 minutes ago, or has been reported anew.',
        },
    ),
    openapi_extra=secured(Scope.CASES),
)  # fmt: skip
async def reopen(case_id: str, caller: CasesCaller, services: ServerServices) -> CaseOut:
    """Open a case again that the same person has closed by mistake. It is then in the state that it had before."""
    return _out(await services.cases.reopen(caller.person, case_id))


async def _read(case: Case, services: Services, language: str) -> CaseRead:
    site, asset = await services.sites.find(case.site_id), await services.sites.find_asset(case.asset_id)
    problem = services.catalogue.problem(case.problem)
    return CaseRead(
        id=case.id, number=case.number, state=case.state, site_id=case.site_id, team_id=case.team_id,
        site=site.name if site else '', asset=asset.name if asset else '', code=asset.code if asset else '',
        problem=problem.id, words=problem.state.in_(language), tone=problem.tone,
        reports=case.reports, fine=case.fine, since=case.opened_at, last_reported=case.reported_at,
    )  # fmt: skip


def _out(case: Case) -> CaseOut:
    return CaseOut(id=case.id, number=case.number, state=case.state)
