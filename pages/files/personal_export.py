"""What is one's own, as a file to keep; and the door through which one leaves."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from app.i18n import translator
from app.services.container import Services
from app.web.http.session import Session
from pages.files.export_formats import as_csv, as_json


def register(server: FastAPI, services: Services, session: Session) -> None:
    """Serve /me/export.json, /me/export.csv and /me/leave."""

    @server.get('/me/export.json', include_in_schema=False)
    async def export_json(request: Request) -> Response:
        own = await services.personal_export.of((await session.require(request)).person)
        return _file(json.dumps(as_json(own), ensure_ascii=False, indent=1).encode(), 'application/json', 'json')

    @server.get('/me/export.csv', include_in_schema=False)
    async def export_csv(request: Request) -> Response:
        person = (await session.require(request)).person
        own = await services.personal_export.of(person)
        return _file(as_csv(own, translator(person.language)), 'text/csv; charset=utf-8', 'csv')

    @server.post('/me/leave', include_in_schema=False)
    async def leave(request: Request) -> Response:
        """Leave for good. What is left behind is seen to without keeping anybody waiting."""
        person = (await session.require(request)).person
        await services.account_erasure.leave(person, person.id)
        response = RedirectResponse('/', HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
        session.end(response)
        services.account_erasure.finish_soon()
        return response


def _file(content: bytes, media_type: str, ending: str) -> Response:
    headers = {'content-disposition': f'attachment; filename="haren.{ending}"', 'cache-control': 'no-store'}
    return Response(content, media_type=media_type, headers=headers)
