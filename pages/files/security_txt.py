"""Tell those who find a vulnerability whom to write to (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.i18n import STAFF_LANGUAGES
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices, state_of

PATH = '/.well-known/security.txt'

VALID_FOR = timedelta(days=180)
"""A copy is valid for so long. The RFC asks for less than a year."""

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get(PATH)
async def security_txt(request: Request, services: ServerServices) -> Response:
    """Answer with the contact that the operator has set, or that there is nothing here."""
    contact = state_of(request).security_contact
    if not contact:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    expires = (services.now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    fields = {
        'Contact': contact,
        'Expires': expires.strftime('%Y-%m-%dT%H:%M:%SZ'),
        'Preferred-Languages': ', '.join(STAFF_LANGUAGES),
        'Canonical': f'{services.base}{PATH}',
    }
    text = ''.join(f'{name}: {value}\n' for name, value in fields.items())
    return Response(text, media_type='text/plain; charset=utf-8', headers={'cache-control': 'public, max-age=86400'})
