"""The photos of reports and of entries, for staff."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.domain.errors import NotFound
from app.domain.people import Role
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices, state_of

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)

HEADERS = {
    'cache-control': 'private, max-age=86400, immutable',
    'content-disposition': 'inline; filename="haren.jpg"',
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
}
"""A photo never changes under its name. One that was removed may stay on a device for a day at most."""

ASK_EACH_TIME = {**HEADERS, 'cache-control': 'private, no-cache'}
"""The readers of an entry can change, and so can the photo at each of its places."""


@router.get('/photos/{name}')
async def photo(request: Request, name: str, services: ServerServices) -> Response:
    """Answer with a photo of a report."""
    (await state_of(request).session.require(request)).person.require(Role.FIELD)
    content = await services.photo(name)
    if content is None:
        raise NotFound('There is no such photo.')
    return Response(content, media_type='image/jpeg', headers=HEADERS)


@router.get('/entries/{entry_id}/photos/{place}')
async def photo_of_entry(request: Request, entry_id: str, place: int, services: ServerServices) -> Response:
    """Answer with a photo of an entry that the visitor may read."""
    visitor = await state_of(request).session.require(request)
    try:
        content = await services.entry_reader.photo(await services.reader(visitor.person), entry_id, place)
    except NotFound as error:
        raise NotFound('There is no such photo.') from error
    return Response(content, media_type='image/jpeg', headers=ASK_EACH_TIME)
