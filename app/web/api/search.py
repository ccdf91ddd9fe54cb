"""Search over the API: everything that the caller may read, by its words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, Field

from app.domain.access_tokens import Scope
from app.domain.people import Person
from app.domain.search_words import LONGEST_QUERY, MOST_WORDS, Pieces
from app.domain.searching import SearchFilter, SearchKind
from app.i18n import translator
from app.services.search import PAGE, SearchPage
from app.services.search_hits import SearchHit
from app.web.api.auth import ReadCaller, secured
from app.web.api.entries_read import Before, Limit, Named
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.search import hit_address, hit_words

router = APIRouter(prefix='/api/v1', tags=['search'], dependencies=SAME_ORIGIN)


def read_day(text: object) -> object:
    """Return a day such as 2026-05-04 as a date. Raise ValueError for any other text."""
    if text is None or isinstance(text, date):
        return text
    day = date.fromisoformat(str(text))
    if day.isoformat() != text:
        raise ValueError('a day is written like 2026-05-04')
    return day


Words = Annotated[
    str,
    Query(
        max_length=LONGEST_QUERY,
        description=f'Words in any order, or their beginnings: at most {MOST_WORDS}. What is found has all of them.',
        examples=['glas månd'],
    ),
]
Id = Annotated[str | None, Query(max_length=100)]
Day = Annotated[date | None, BeforeValidator(read_day)]


class PieceOut(BaseModel):
    """A part of a text. `match` is true if it is a word that was looked for."""

    text: str
    match: bool


class HitOut(BaseModel):
    """Something that was found, as its readers see it: identity numbers are masked, except for leads and the author."""

    model_config = with_example(
        kind='entry', id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', url='/entries/6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e',
        about='Observation · Fia Fält', name=[],
        excerpt=[
            {'text': 'Glaset', 'match': True}, {'text': ' är fullt varje ', 'match': False},
            {'text': 'måndag', 'match': True}, {'text': '.', 'match': False},
        ],
        at='2026-05-04T12:00:00Z', site={'id': 'kransmossen', 'name': 'Kransmossen'},
        team={'id': 'collectors', 'name': 'Insamlingen'},
    )  # fmt: skip

    kind: SearchKind
    id: str
    url: str = Field(description='The address of its page on this server.')
    about: str = Field(description='What it is, in the caller’s language.')
    name: list[PieceOut] = Field(description='The name of the place, thing or person, or of a case’s thing.')
    excerpt: list[PieceOut] = Field(description='A part of what somebody wrote; empty if only names were found.')
    at: datetime | None = Field(description='When it happened; null for places, things and people.')
    site: Named | None
    team: Named | None


class SearchOut(BaseModel):
    """What was found: places, things and people by name, then what happened, the newest first, and then the rest.

    `older` asks for the next page; it is null on the last one. `complete` is false for some seconds after a start, as
    long as the words are still being read: there may be more then.
    """

    hits: list[HitOut]
    older: str | None
    complete: bool


@router.get(
    '/search',
    summary='Find something by its words',
    responses=error_responses(*READ_ERRORS, 422, 503, because={503: 'Nothing can be searched right now.'}),
    openapi_extra=secured(Scope.READ),
)
async def search(
    caller: ReadCaller,
    services: ServerServices,
    q: Words = '',
    kind: SearchKind | None = None,
    team: Id = None,
    site: Id = None,
    since: Day = None,
    until: Day = None,
    before: Before = None,
    limit: Limit = PAGE,
) -> SearchOut:
    """Find entries, obstacles, cases, places, things and people that you may read.

    `team` and `site` are ids; `since` and `until` are days in Sweden, both included.
    """
    reader = await services.reader(caller.person)
    page = await services.search.find(reader, q, SearchFilter(kind, team, site, since, until), before, limit)
    return search_out(page, caller.person)


def search_out(page: SearchPage, reader: Person) -> SearchOut:
    """Return what was found, worded for its reader."""
    return SearchOut(hits=[_hit(hit, reader) for hit in page.hits], older=page.older, complete=page.is_complete)


def _hit(hit: SearchHit, reader: Person) -> HitOut:
    site, team = hit.site, hit.team
    return HitOut(
        kind=hit.key.kind, id=hit.key.id, url=hit_address(hit), about=hit_words(hit, translator(reader.language)),
        name=_pieces(hit.name), excerpt=_pieces(hit.excerpt), at=hit.at,
        site=Named(id=site.id, name=site.name) if site else None,
        team=Named(id=team.id, name=team.name) if team else None,
    )  # fmt: skip


def _pieces(pieces: Pieces) -> list[PieceOut]:
    return [PieceOut(text=piece.text, match=piece.is_match) for piece in pieces]
