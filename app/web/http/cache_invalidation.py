"""Map changes of documents to the keys of cached answers: a site's state, its events, and names that many show."""

from __future__ import annotations

from functools import singledispatch

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.events import Event
from app.domain.municipality import Municipality
from app.domain.people import Team
from app.domain.sites import Asset, KindProblems, Site
from app.services.followed_events import FOLLOWED

NAMES = 'names'
"""The names of the teams and of the municipality."""

OFFERED = 'offered'
"""The problems that can be reported."""

WRITTEN = 'written'
"""The entries of the staff: one may have become public, or no longer be."""


def site_state_key(site_id: str) -> str:
    """Return the key of a site's state."""
    return f'state/{site_id}'


def site_news_key(site_id: str) -> str:
    """Return the key of a site's feed. Another report of a known problem changes the state, but not the feed."""
    return f'news/{site_id}'


@singledispatch
def invalidated_by(_: Document) -> tuple[str, ...]:
    """Return the keys that a change of a document concerns: none, unless its type is registered below."""
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
