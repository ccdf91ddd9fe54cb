"""Photos from residents and of entries, for staff."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from app.domain.errors import NotFound
from app.domain.people import Role
from app.services.container import Services
from app.web.http.session import Session

HEADERS = {
    'cache-control': 'private, max-age=86400, immutable',
    'content-disposition': 'inline; filename="haren.jpg"',
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
}
"""A photo never changes under its name; a day is as long as one that was taken away may stay on a device."""

ASK_EACH_TIME = {**HEADERS, 'cache-control': 'private, no-cache'}
"""Who may see an entry can change, and so can the photo at each of its places."""


def register(server: FastAPI, services: Services, session: Session) -> None:
    """Serve /photos and /entries/…/photos."""

    @server.get('/photos/{name}', include_in_schema=False)
    async def photo(request: Request, name: str) -> Response:
        (await session.require(request)).person.require(Role.FIELD)
        content = await services.context.store.photos.read(name)
        if content is None:
            raise NotFound('There is no such photo.')
        return Response(content, media_type='image/jpeg', headers=HEADERS)

    @server.get('/entries/{entry_id}/photos/{place}', include_in_schema=False)
    async def photo_of_entry(request: Request, entry_id: str, place: int) -> Response:
        visitor = await session.require(request)
        try:
            content = await services.entry_reader.photo(await services.context.reader(visitor.person), entry_id, place)
        except NotFound as error:
            raise NotFound('There is no such photo.') from error
        return Response(content, media_type='image/jpeg', headers=ASK_EACH_TIME)
