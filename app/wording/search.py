"""Word what a search has found."""

from __future__ import annotations

from urllib.parse import urlencode

from app.domain.cases import Case
from app.domain.entries import Entry
from app.domain.people import Person
from app.domain.searching import SearchKind
from app.domain.sites import Asset, Site
from app.i18n import Translator
from app.services.search_hits import SearchHit
from app.wording.kinds import entry_kind
from app.wording.public import case_state, site_kind


def search_kind(kind: SearchKind, _: Translator) -> str:
    """Return the name of a kind of what is found."""
    return {
        SearchKind.PLACE: _('Places'),
        SearchKind.THING: _('Things'),
        SearchKind.PERSON: _('People'),
        SearchKind.CASE: _('Cases'),
        SearchKind.OBSTACLE: _('Obstacles'),
        SearchKind.ENTRY: _('Entries'),
    }[kind]


def hit_words(hit: SearchHit, _: Translator) -> str:
    """Return in a few words what was found: its kind, and its state or author."""
    match hit.document:
        case Entry(kind=kind):
            author = hit.author.name if hit.author else hit.team.name if hit.team else _('A colleague')
            return f'{entry_kind(kind, _)} · {author}'
        case Case():
            return _case_words(hit.document, hit, _)
        case Site(kind=site):
            return site_kind(site, _)
        case Asset():
            return f'{_("Thing")} · {hit.site.name}' if hit.site else _('Thing')
        case Person():
            return f'{_("Colleague")} · {hit.team.name}' if hit.team else _('Colleague')


def _case_words(case: Case, hit: SearchHit, _: Translator) -> str:
    problem = hit.problem.state.in_(_.language) if hit.problem else ''
    number = _('Case {number}', number=case.number)
    return ' · '.join(filter(None, (number, problem, case_state(case.state, hit.problem, _))))


def hit_address(hit: SearchHit) -> str:
    """Return the address of the page that a hit leads to. For a person, that lists what they have logged."""
    match hit.document:
        case Entry(id=id):
            return f'/entries/{id}'
        case Case(number=number):
            return f'/cases/{number}'
        case Site(id=id):
            return f'/s/{id}'
        case Asset(code=code):
            return f'/q/{code}'
        case Person(name=name):
            return search_address(name, SearchKind.ENTRY)


def search_address(words: str, kind: SearchKind | None = None) -> str:
    """Return the address of a search."""
    query = urlencode({'q': words} | ({'kind': kind.value} if kind else {}))
    return f'/search?{query}'
