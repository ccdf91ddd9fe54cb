"""Keep sightings: staff who scan a sticker show that it still hangs there, is ours and can be read."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from fastapi import Request

from app.domain.errors import Refusal
from app.domain.people import Person
from app.domain.sticker_audit import StickerState
from app.services.container import Services
from app.services.people import Visitor
from app.services.public_status import ScannedSticker
from app.web.http.middleware import is_page_view
from app.web.http.origin import is_link, is_link_of_ours
from app.web.http.state import state_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StickerSighting:
    """The note for staff on the page: if the sticker counts as seen now, and how far the round is if there is one."""

    site: str
    seen: bool
    round: bool
    count: int
    all: int


async def keep_sighting(request: Request, arrival: ScannedSticker, visitor: Visitor) -> StickerSighting | None:
    """Keep a sighting if the visitor stands at the sticker, and return what to tell about it.

    A failure is logged and gives None: it may not keep the page from being shown.
    """
    services = state_of(request).services
    try:
        seen = comes_from_the_sticker(request) and await _see(services, visitor.person, arrival.sticker.id)
        audit = await services.sticker_audit.site(arrival.sticker.site_id)
    except Exception:
        log.exception('a sighting failed')
        return None
    return StickerSighting(
        audit.site.id, seen, audit.round is not None, audit.count(StickerState.IN_ROUND), audit.expected
    )


async def _see(services: Services, person: Person, code: str) -> bool:
    try:
        await services.sites.see_sticker(person, code)
    except Refusal:
        return False
    return True


def comes_from_the_sticker(request: Request) -> bool:
    """Return True if somebody scanned the sticker or typed its address: who follows a link may be miles away.

    The symbol on the sticker is all capitals, links of ours are not. Any other website could lead staff to any sticker.
    """
    headers = request.headers
    is_scanned = request.scope['path'].startswith('/Q/') and is_link_of_ours(headers, state_of(request).services.base)
    return is_page_view(request) and (is_scanned or not is_link(headers))
