"""What staff leave behind by scanning a sticker: that it still hangs, is ours and can be read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from app.domain.errors import Refusal
from app.domain.people import Person
from app.domain.sticker_audit import StickerState
from app.services.container import Services
from app.services.people import Visitor
from app.services.public_status import ScannedSticker
from app.web.http.middleware import opens_the_page

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StickerSighting:
    """What the page tells staff: whether the sticker counts as seen, and how far the round is, where one is made."""

    site: str
    seen: bool
    round: bool
    count: int
    all: int


class Sightings:
    """Keeps sightings as pages are opened. None of this may keep a page from being shown."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def keep(self, request: Request, arrival: ScannedSticker, visitor: Visitor) -> StickerSighting | None:
        """Keep it where the visitor stands before the sticker; what the page tells of that."""
        try:
            seen = comes_from_the_sticker(request) and await self._see(visitor.person, arrival.sticker.id)
            audit = await self._services.sticker_audit.site(arrival.sticker.site_id)
        except Exception:
            log.exception('a sighting failed')
            return None
        return StickerSighting(
            audit.site.id, seen, audit.round is not None, audit.count(StickerState.IN_ROUND), audit.wanted
        )

    async def _see(self, person: Person, code: str) -> bool:
        try:
            await self._services.sites.see_sticker(person, code)
        except Refusal:
            return False
        return True


def comes_from_the_sticker(request: Request) -> bool:
    """Whether somebody scanned it or typed its address: whoever follows a link of Haren's may be miles away.

    The symbol is all capitals, links are not; and browsers name the page of ours on which a link was.
    """
    referrer = urlsplit(request.headers.get('referer', '')).netloc
    scanned = request.url.path.startswith('/Q/') or referrer != request.headers.get('host')
    return opens_the_page(request) and scanned
