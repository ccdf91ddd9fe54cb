"""How things are, for anybody: the municipality with its places, and one place with what stands and happened there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fastapi import FastAPI, Request, Response

from app.domain.personal_numbers import mask_numbers
from app.domain.sites import SiteKind
from app.services.container import Services
from app.services.entries import EntryInput
from app.wording.bidi import BidiText
from app.wording.public import site_kind, word_publicly
from components.html.renderer import HtmlRenderer, reader_translator
from components.places.badge import snippet as badge_snippet

LONGEST_LINE = 400
"""Characters of an entry that a page shows."""

TOLD = 8
"""Things that have happened at a place that its page tells of; its feeds tell of more."""


def register(server: FastAPI, services: Services, plain: HtmlRenderer) -> None:
    """Serve / and /s/{site}."""

    @server.get('/', include_in_schema=False)
    async def home(request: Request) -> Response:
        _ = reader_translator(request)
        kinds = {kind: site_kind(kind, _) for kind in SiteKind}
        said = [site_line(told) for told in await services.entries.said_publicly()]
        return await plain.page(
            request, 'sites.html', sites=await services.public_status.sites(), kinds=kinds, said=said
        )

    @server.get('/s/{site_id}', include_in_schema=False)
    async def site(request: Request, site_id: str) -> Response:
        _ = reader_translator(request)
        status = await services.public_status.site(site_id)
        stories = await services.feed.followed(site_id, limit=TOLD)
        told = [(story.event.at, word_publicly(story, _, BidiText(_).inside)) for story in stories]
        well = tuple(asset for asset in status.assets if not asset.worst)
        kind = site_kind(status.site.kind, _)
        snippet = badge_snippet(status.site, services.base, _)
        said = [site_line(told) for told in await services.entries.said_publicly(site_id)]
        return await plain.page(
            request, 'site.html', site=status, well=well, kind=kind, told=told, snippet=snippet, said=said
        )


class SiteLine(NamedTuple):
    """What staff have said to everybody, as a page shows it: in short, under the team's name (None: it has none)."""

    text: str
    team: str | None
    at: datetime


def site_line(said: EntryInput) -> SiteLine:
    """What somebody said, with what identifies a person covered."""
    text = mask_numbers(said.entry.text)
    short = text if len(text) <= LONGEST_LINE else f'{text[:LONGEST_LINE].rsplit(maxsplit=1)[0]} …'
    return SiteLine(short, said.team.name if said.team else None, said.entry.happened_at)
