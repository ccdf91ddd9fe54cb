"""The export of somebody's own data as a file, and the form with which they leave for good."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.audit import AuditKind
from app.i18n import translator
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices, state_of
from pages.files.csv_export import as_csv
from pages.files.json_export import as_json

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/me/export.json')
async def export_json(request: Request, services: ServerServices) -> Response:
    """Answer with everything that is the visitor's own, for programs."""
    person = (await state_of(request).session.require(request)).person
    own = await services.personal_export.of(person)
    await services.audit_log.note(AuditKind.EXPORTED, person)
    return _file(json.dumps(as_json(own), ensure_ascii=False, indent=1).encode(), 'application/json', 'json')


@router.get('/me/export.csv')
async def export_csv(request: Request, services: ServerServices) -> Response:
    """Answer with the same as a table."""
    person = (await state_of(request).session.require(request)).person
    own = await services.personal_export.of(person)
    await services.audit_log.note(AuditKind.EXPORTED, person)
    return _file(as_csv(own, services.catalogue, translator(person.language)), 'text/csv; charset=utf-8', 'csv')


@router.post('/me/leave')
async def leave(request: Request, services: ServerServices) -> Response:
    """Erase the visitor's account. The rest of their data is erased after the answer, so that nobody has to wait."""
    session = state_of(request).session
    person = (await session.require(request)).person
    await services.account_erasure.leave(person, person.id)
    response = RedirectResponse('/', HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
    session.end(response)
    services.account_erasure.finish_soon()
    return response


def _file(content: bytes, media_type: str, ending: str) -> Response:
    headers = {'content-disposition': f'attachment; filename="haren.{ending}"', 'cache-control': 'no-store'}
    return Response(content, media_type=media_type, headers=headers)
