"""The health of Haren: for everybody whether anything can be saved, for those who run it what the process uses."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.domain.people import Role
from app.web.http.local_requests import is_from_this_machine
from app.web.http.origin import SAME_ORIGIN
from app.web.http.process_figures import ProcessFigures, process_figures
from app.web.http.state import Collaborators, state_of


class Health(BaseModel):
    """The health of Haren. `read-only` means that nothing can be saved now."""

    status: Literal['ok', 'read-only']
    process: ProcessFigures | None = Field(
        None, description='For signed-in administrators, and for programs on the machine itself.'
    )


router = APIRouter(dependencies=SAME_ORIGIN)


@router.get(
    '/healthz',
    tags=['open data'],
    summary='Whether Haren is well',
    responses={503: {'model': Health, 'description': 'Nothing can be saved right now.'}},
    response_model_exclude_none=True,
)
async def health(request: Request, response: Response) -> Health:
    state = state_of(request)
    is_writable = state.services.store_state.is_writable
    if not is_writable:
        response.status_code = 503
    figures = None
    if await _runs_haren(request, state):
        response.headers['cache-control'] = 'no-store'
        figures = process_figures(state.open_screens())
    return Health(status='ok' if is_writable else 'read-only', process=figures)


async def _runs_haren(request: Request, state: Collaborators) -> bool:
    """Return True for an administrator, and for the machine itself."""
    if is_from_this_machine(request):
        return True
    visitor = await state.session.visitor(request)
    return visitor is not None and visitor.person.role.covers(Role.ADMIN)
