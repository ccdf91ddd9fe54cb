"""The acts on cases in /api/v1: acknowledge, resolve and reopen them."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.domain.access_tokens import Scope
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.web.api.auth import CasesCaller, secured
from app.web.http.openapi_helpers import WRITE_ERRORS, error_responses, with_example
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


def _out(case: Case) -> CaseOut:
    return CaseOut(id=case.id, number=case.number, state=case.state)
