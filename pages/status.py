"""How things are, for anybody: the municipality with its places, and one place with what stands and happened there."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from app.domain.sites import SiteKind
from app.language import Translator
from app.services.feed import Story
from app.services.house import House
from components.plain import Plain, speaker
from components.wording import site_kind, word_publicly


def register(server: FastAPI, house: House, plain: Plain) -> None:
    """Serve / and /s/{site}."""

    @server.get('/', include_in_schema=False)
    async def home(request: Request) -> Response:
        _ = speaker(request)
        kinds = {kind: site_kind(kind, _) for kind in SiteKind}
        return await plain.page(request, 'home.html', sites=await house.status.sites(), kinds=kinds)

    @server.get('/s/{site_id}', include_in_schema=False)
    async def site(request: Request, site_id: str) -> Response:
        _ = speaker(request)
        status = await house.status.site(site_id)
        told = _told(await house.feed.at_site(site_id), _)
        well = tuple(asset for asset in status.assets if not asset.worst)
        kind = site_kind(status.site.kind, _)
        return await plain.page(request, 'site.html', site=status, well=well, kind=kind, told=told)


def _told(stories: tuple[Story, ...], _: Translator) -> list[tuple[object, str]]:
    """When, and what: the stories that have words for everybody."""
    worded = ((story.event.at, word_publicly(story, _)) for story in stories)
    return [(moment, sentence) for moment, sentence in worded if sentence]
