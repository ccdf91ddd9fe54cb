"""How things are, for anybody: the municipality with its places, and one place with what stands and happened there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fastapi import FastAPI, Request, Response

from app.domain.personal_numbers import masked
from app.domain.sites import SiteKind
from app.services.container import House
from app.services.entries import Said
from app.wording.bidi import Foreign
from app.wording.public import site_kind, word_publicly
from components.html.renderer import Plain, speaker
from components.places.badge import snippet as badge_snippet

LONGEST_LINE = 400
"""Characters of an entry that a page shows."""

TOLD = 8
"""Things that have happened at a place that its page tells of; its feeds tell of more."""


def register(server: FastAPI, house: House, plain: Plain) -> None:
    """Serve / and /s/{site}."""

    @server.get('/', include_in_schema=False)
    async def home(request: Request) -> Response:
        _ = speaker(request)
        kinds = {kind: site_kind(kind, _) for kind in SiteKind}
        said = [line(told) for told in await house.entries.said_publicly()]
        return await plain.page(request, 'sites.html', sites=await house.status.sites(), kinds=kinds, said=said)

    @server.get('/s/{site_id}', include_in_schema=False)
    async def site(request: Request, site_id: str) -> Response:
        _ = speaker(request)
        status = await house.status.site(site_id)
        stories = await house.feed.followed(site_id, limit=TOLD)
        told = [(story.event.at, word_publicly(story, _, Foreign(_).inside)) for story in stories]
        well = tuple(asset for asset in status.assets if not asset.worst)
        kind = site_kind(status.site.kind, _)
        snippet = badge_snippet(status.site, house.base, _)
        said = [line(told) for told in await house.entries.said_publicly(site_id)]
        return await plain.page(
            request, 'site.html', site=status, well=well, kind=kind, told=told, snippet=snippet, said=said
        )


class Line(NamedTuple):
    """What staff have said to everybody, as a page shows it: in short, under the team's name (None: it has none)."""

    text: str
    team: str | None
    at: datetime


def line(said: Said) -> Line:
    """What somebody said, with what identifies a person covered."""
    text = masked(said.entry.text)
    short = text if len(text) <= LONGEST_LINE else f'{text[:LONGEST_LINE].rsplit(maxsplit=1)[0]} …'
    return Line(short, said.team.name if said.team else None, said.entry.happened_at)
