"""The public pages of the sites: a list of all of them, and a page for each."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from app.domain.composed_text import begins_words
from app.domain.document import LONGEST_NAME
from app.domain.map_links import web_map
from app.domain.personal_numbers import mask_numbers
from app.domain.sites import Site, SiteKind
from app.i18n import Translator
from app.services.entries import PublicEntry
from app.services.public_status import AssetStatus, SiteStatus
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.bidi import BidiText
from app.wording.public import public_event_sentence, site_kind
from components import js_assets
from components.html.renderer import reader_translator
from pages.public.page_renderer import renderer_of

LONGEST_LINE = 400
"""The most characters of an entry that a page shows."""

EVENTS_SHOWN = 8
"""The number of events that a site's page lists; its feeds list more."""


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/')
async def home(request: Request, services: ServerServices, q: str = '') -> Response:
    """Show the municipality with all its sites, or with those whose name or kind has words that begin with `q`."""
    _, typed = reader_translator(request), ' '.join(q[:LONGEST_NAME].split())
    kinds = {kind: site_kind(kind, _) for kind in SiteKind}
    said = [site_line(entry) for entry in await services.entries.newest_public_entries()]

    def is_wanted(site: Site) -> bool:
        return begins_words(f'{site.name} {kinds[site.kind]}', typed)

    sites = await services.public_status.sites(_.language, is_wanted if typed else None)
    return await renderer_of(request).page(
        request, 'sites.html', sites=sites, kinds=kinds, said=said, typed=typed, longest=LONGEST_NAME,
        words=_finding_words(_), script=js_assets.address('public/places.js'),
    )  # fmt: skip


def _finding_words(_: Translator) -> dict[str, str]:
    """Return what the page says while places are filtered or sorted in the browser."""
    return {
        'nearest': _('Show nearest first'),
        'asking': _('Looking for where you are …'),
        'unknown': _('This phone does not say where it is. The list stays as it was.'),
        'none': _('No place matches “{words}”.'),
    }


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
        kind=site_kind(status.site.kind, _), told=told, said=said, on_map=_on_map(status.site),
        map_script=js_assets.address('public/site-map.js'),
    )  # fmt: skip


def _on_map(site: Site) -> str:
    """Return the address of a map that shows the site, or ''."""
    return web_map((site.position.latitude, site.position.longitude)) if site.position else ''


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
