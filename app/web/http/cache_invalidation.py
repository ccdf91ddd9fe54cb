"""Which change concerns what anybody may see: how a site is, what has happened there, and names that many show."""

from __future__ import annotations

from functools import singledispatch

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.events import Event
from app.domain.municipality import Municipality
from app.domain.people import Team
from app.domain.sites import Asset, KindProblems, Site
from app.services.feed import FOLLOWED

NAMES = 'names'
"""A team's or the municipality's."""

OFFERED = 'offered'
"""What can be reported."""

WRITTEN = 'written'
"""What staff have written: for everybody, perhaps, or no longer."""


def site_state_key(site_id: str) -> str:
    """How a site is."""
    return f'state/{site_id}'


def site_news_key(site_id: str) -> str:
    """What followers of a site are told. One more report of the same changes its state, and is no news."""
    return f'news/{site_id}'


@singledispatch
def invalidated_by(_: Document) -> tuple[str, ...]:
    """Return what a change of a document concerns: nothing that anybody may see, unless its type says otherwise."""
    return ()


@invalidated_by.register
def _site(site: Site) -> tuple[str, ...]:
    return site_state_key(site.id), site_news_key(site.id)


@invalidated_by.register
def _asset(asset: Asset) -> tuple[str, ...]:
    return site_state_key(asset.site_id), site_news_key(asset.site_id)


@invalidated_by.register
def _case(case: Case) -> tuple[str, ...]:
    return (site_state_key(case.site_id),)


@invalidated_by.register
def _event(event: Event) -> tuple[str, ...]:
    return (site_news_key(event.site_id),) if event.site_id is not None and event.kind in FOLLOWED else ()


@invalidated_by.register(Team)
@invalidated_by.register(Municipality)
def _names(_: Document) -> tuple[str, ...]:
    return (NAMES,)


@invalidated_by.register
def _problems(_: KindProblems) -> tuple[str, ...]:
    return (OFFERED,)


@invalidated_by.register
def _entry(_: Entry) -> tuple[str, ...]:
    return (WRITTEN,)
