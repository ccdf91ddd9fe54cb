"""The screen to search. What is looked for is in its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from nicegui import ui

from app.domain.errors import Refusal
from app.domain.search_words import LONGEST_QUERY
from app.domain.searching import SearchFilter, SearchKind
from app.web.api.search import search_out
from components import CSS
from components.search.search_box import Chosen, SearchBox
from components.shell.layout import StaffPages
from components.shell.screen import Screen

STYLE = (CSS / 'staff' / 'search.css').read_text(encoding='utf-8')


def register(pages: StaffPages) -> None:
    """Register /search."""

    @pages.screen('/search', lambda _: _('Search'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        services, language = screen.services, screen._.language
        teams = {team.id: team.name for team in await services.people.teams(language)}
        sites = {site.id: site.name for site in await services.sites.all(language)}
        chosen = _chosen(ui.context.client.request.query_params, teams, sites)
        page, error = await _first_page(screen, chosen)
        SearchBox(chosen, page, error, teams, sites, screen._)


async def _first_page(screen: Screen, chosen: Chosen) -> tuple[dict[str, Any] | None, str]:
    """Return the first page, or why there is none. Nothing is searched before there is a word."""
    if not chosen['q'].strip():
        return None, ''
    person = screen.visitor.person
    try:
        page = await screen.services.search.find(await screen.services.reader(person), chosen['q'], _filter(chosen))
    except Refusal as refusal:
        return None, screen._.refusal(refusal)
    return search_out(page, person).model_dump(mode='json'), ''


def _chosen(query: Mapping[str, str], teams: Mapping[str, str], sites: Mapping[str, str]) -> Chosen:
    """Read the address. A filter that there is not filters nothing."""
    kind, team, site = (query.get(name, '') for name in ('kind', 'team', 'site'))
    return {
        'q': query.get('q', '')[:LONGEST_QUERY],
        'kind': kind if kind in set(SearchKind) else '',
        'team': team if team in teams else '',
        'site': site if site in sites else '',
        'since': _day(query.get('since', '')),
        'until': _day(query.get('until', '')),
    }


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ''


def _filter(chosen: Chosen) -> SearchFilter:
    since, until = (date.fromisoformat(day) if day else None for day in (chosen['since'], chosen['until']))
    kind = SearchKind(chosen['kind']) if chosen['kind'] else None
    return SearchFilter(kind, chosen['team'] or None, chosen['site'] or None, since, until)
