"""A diary of many years for measurements of search: entries, cases with residents' words, places, things, people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_content import Audience, EntryKind
from app.domain.people import Person, Role, Team
from app.domain.reports import Report
from app.domain.sites import Asset, Site, SiteKind
from app.store.engine.change_format import PUT, Change
from app.store.tinydb.journal_storage import JournalStorage

PEOPLE, TEAMS, SITES, ASSETS, CASES, ENTRIES = 200, 10, 300, 1_500, 28_000, 70_000
"""100,000 documents that can be found."""

_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_VOCABULARY = 20_000


class Words:
    """Words that are as frequent as those of a language: each rank half as often as the one of half its number."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._words = [self._word() for _ in range(_VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 5) for rank in range(_VOCABULARY)))

    def some(self, fewest: int, most: int) -> str:
        """Return a text of so many words."""
        count = self._random.randint(fewest, most)
        return ' '.join(self._random.choices(self._words, cum_weights=self._weights, k=count))

    def one_of(self, count: int) -> int:
        """Return a number below `count`."""
        return self._random.randrange(count)

    def _word(self) -> str:
        syllables = (self._random.choice('bdfghjklmnprstv') + self._random.choice('aeiouyåäö') for _ in range(4))
        return ''.join(list(syllables)[: self._random.randint(1, 4)]) + self._random.choice(('', 'n', 'r', 't', 'ar'))


def fill(folder: Path) -> None:
    """Create a store with all documents."""
    storage = JournalStorage(folder)
    try:
        storage.commit([
            Change(PUT, each.kept_in, each.id, each.as_saved().__pydantic_serializer__.to_json(each.as_saved()))
            for each in documents()
        ])  # fmt: skip
        storage.compact()
    finally:
        storage.close()


def documents() -> Iterator[Document]:
    """Yield all documents. What happened is half an hour apart."""
    words = Words()
    for number in range(TEAMS):
        organisation = f'Förvaltning {number % 3}'
        yield Team(id=f'team-{number}', name=f'Lag {words.some(1, 1)}', organisation=organisation, added_at=_BEGIN)
    for number in range(PEOPLE):
        name, team = f'{words.some(1, 1)} {words.some(1, 1)}'.title(), f'team-{number % TEAMS}'
        yield Person(id=f'person-{number}', name=name, role=Role.FIELD, team_id=team, added_at=_BEGIN)
    for number in range(SITES):
        yield Site(
            id=f'site-{number}', name=words.some(1, 2).title(), kind=SiteKind.RECYCLING_STATION, position=None,
            team_id=f'team-{number % TEAMS}', code=f'S{number:05}', added_at=_BEGIN,
        )  # fmt: skip
    for number in range(ASSETS):
        yield Asset(
            id=f'asset-{number}', site_id=f'site-{number % SITES}', name=f'Glas {number}', position=None,
            kind='container_coloured_glass', team_id=None, code=f'A{number:05}', added_at=_BEGIN,
        )  # fmt: skip
    for number in range(CASES):
        yield from _case(number, words)
    for number in range(ENTRIES):
        yield _entry(number, words)


def _case(number: int, words: Words) -> Iterator[Document]:
    at, asset = _BEGIN + timedelta(hours=number), number % ASSETS
    yield Case(
        id=f'case-{number:028}', number=f'{at.year}-{number}', asset_id=f'asset-{asset}', problem='full',
        site_id=f'site-{asset % SITES}', team_id=f'team-{number % TEAMS}', state=CaseState.RESOLVED, reports=1,
        opened_at=at, reported_at=at, changed_at=at, closed_at=at,
    )  # fmt: skip
    yield Report(
        id=f'report-{number:026}', asset_id=f'asset-{asset}', problem='full', case_id=f'case-{number:028}', at=at,
        note=words.some(3, 30), sent='',
    )  # fmt: skip


def _entry(number: int, words: Words) -> Entry:
    at, person = _BEGIN + timedelta(minutes=30 * number), words.one_of(PEOPLE)
    return Entry(
        id=f'entry-{number:027}', kind=list(EntryKind)[number % len(EntryKind)], text=words.some(5, 80),
        site_id=f'site-{words.one_of(SITES)}' if number % 3 else None, partners=(words.some(1, 2),),
        audience=list(Audience)[number % len(Audience)], happened_at=at, logged_at=at,
        author_id=f'person-{person}', team_id=f'team-{person % TEAMS}',
    )  # fmt: skip
