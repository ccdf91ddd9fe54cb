"""The public pages of the sites: a list of all of them, and a page for each."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from app.domain.personal_numbers import mask_numbers
from app.domain.sites import SiteKind
from app.i18n import Translator
from app.services.entries import PublicEntry
from app.services.public_status import AssetStatus, SiteStatus
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.bidi import BidiText
from app.wording.public import public_event_sentence, site_kind
from components.html.renderer import reader_translator
from components.places.badge import snippet as badge_snippet
from pages.public.page_renderer import renderer_of

LONGEST_LINE = 400
"""The most characters of an entry that a page shows."""

EVENTS_SHOWN = 8
"""The number of events that a site's page lists; its feeds list more."""


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/')
async def home(request: Request, services: ServerServices) -> Response:
    """Show the municipality with all its sites."""
    _ = reader_translator(request)
    kinds = {kind: site_kind(kind, _) for kind in SiteKind}
    said = [site_line(entry) for entry in await services.entries.newest_public_entries()]
    sites = await services.public_status.sites(_.language)
    return await renderer_of(request).page(request, 'sites.html', sites=sites, kinds=kinds, said=said)


@router.get('/s/{site_id}')
async def site(request: Request, site_id: str, services: ServerServices) -> Response:
    """Show one site: its assets, and what has happened there."""
    _ = reader_translator(request)
    status = await services.public_status.site(site_id)
    stories = await services.feed.for_followers(site_id, limit=EVENTS_SHOWN)
    told = [(story.event.at, public_event_sentence(story, _, BidiText(_).mark_inside)) for story in stories]
    said = [site_line(entry) for entry in await services.entries.newest_public_entries(site_id)]
    return await renderer_of(request).page(
        request, 'site.html', site=status, well=_well(status, _),
        kind=site_kind(status.site.kind, _), told=told, snippet=badge_snippet(status.site, services.base, _), said=said,
    )  # fmt: skip


def _well(status: SiteStatus, _: Translator) -> tuple[AssetStatus, ...]:
    """Return the assets without open cases, by name."""
    well = (asset for asset in status.assets if not asset.worst)
    return tuple(sorted(well, key=lambda asset: _.order(asset.asset.name)))


class SiteLine(NamedTuple):
    """A public entry of the staff as a page shows it: shortened, and under the name of its team (None: it has none)."""

    text: str
    team: str | None
    at: datetime


def site_line(said: PublicEntry) -> SiteLine:
    """Return the entry as a page shows it, with personal identity numbers covered."""
    text = mask_numbers(said.entry.text)
    short = text if len(text) <= LONGEST_LINE else f'{text[:LONGEST_LINE].rsplit(maxsplit=1)[0]} …'
    return SiteLine(short, said.team.name if said.team else None, said.entry.happened_at)
