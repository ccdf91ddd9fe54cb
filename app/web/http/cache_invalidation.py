"""Which change concerns what anybody may see: how a site is, what has happened there, and names that many show."""

from __future__ import annotations

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


def invalidated_by(document: Document) -> tuple[str, ...]:
    """What a change of this document concerns."""
    match document:
        case Site(id=site_id) | Asset(site_id=site_id):
            return site_state_key(site_id), site_news_key(site_id)
        case Case(site_id=site_id):
            return (site_state_key(site_id),)
        case Event(kind=kind, site_id=str(site_id)) if kind in FOLLOWED:
            return (site_news_key(site_id),)
        case Team() | Municipality():
            return (NAMES,)
        case KindProblems():
            return (OFFERED,)
        case Entry():
            return (WRITTEN,)
        case _:
            return ()
