"""Test what is found by which words, by whom, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.cases import Case
from app.domain.entries import Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.errors import Invalid
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.domain.search_words import Piece
from app.domain.searching import EVERYTHING, SearchFilter, SearchKind
from app.services.people import PersonDraft
from app.services.search import SearchPage
from app.services.search_hits import SearchHit
from tests.cast import NOON, Cast, send_report, sign_in_once

CLAIM = 'only-the-phone-of-fia-knows-this'
ENTRY = 'an-entry-that-is-found-'

NUMBER = '19811218-9876'
"""A personal identity number that nobody has."""


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Add Vera of the collectors, and let them be so many that their team's name hides one of them."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


async def log(cast: Cast, id: str, text: str, claim: str = '', **other: Any) -> None:
    content = Content(**{'kind': EntryKind.OBSERVATION, 'text': text, **other})
    await cast.services.entries.log(cast.fia, f'{ENTRY}{id}', content, claim)


async def search(
    cast: Cast, words: str, chosen: SearchFilter = EVERYTHING, person: Person | None = None, **page: Any
) -> SearchPage:
    await cast.services.search.settled()
    reader = await cast.services.reader(person or cast.leo)
    return await cast.services.search.find(reader, words, chosen, **page)


async def found(cast: Cast, words: str, chosen: SearchFilter = EVERYTHING, person: Person | None = None) -> list[str]:
    """Return what is found: names, numbers of cases, and the ends of the ids of entries."""
    page = await search(cast, words, chosen, person)
    assert page.is_complete
    assert page.older is None
    return [name_of(hit) for hit in page.hits]


def name_of(hit: SearchHit) -> str:
    if isinstance(hit.document, Case):
        return hit.document.number
    return hit.key.id.removeprefix(ENTRY) if isinstance(hit.document, Entry) else hit.document.name


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text with what is marked in brackets."""
    return ''.join(f'[{piece.text}]' if piece.is_match else piece.text for piece in pieces)


@pytest.fixture
async def diary(cast: Cast) -> Cast:
    """Log some entries, and report that the container for coloured glass is full."""
    await log(cast, 'glass', 'Glaset är fullt varje måndag', site_id=cast.kransmossen.id, partners=('Röda Korset',),
              happened_at=NOON - timedelta(hours=2))  # fmt: skip
    await log(cast, 'lambs', 'Får och får', happened_at=NOON - timedelta(days=3))
    await log(cast, 'gym', 'Far går på gym. E\u0301cole, мой Їжак; حاوِية ٢٠٢٦', happened_at=NOON - timedelta(hours=1))
    await log(cast, 'wall', 'Ingen svarar', kind=EntryKind.OBSTACLE, tried='Ringde', roots=('leadership',))
    await cast.services.replies.add(cast.leo, f'{ENTRY}wall', 'an-answer-of-leo', ReplyKind.ANSWER, 'Prova rådhuset')
    await cast.services.obstacles.remove(cast.leo, f'{ENTRY}wall', 'Vi mejlade diariet')
    await send_report(cast.services, cast.glass.code, 'full', 'a-report-of-the-search', f'Påsar bredvid {NUMBER}')
    return cast


WORDS = {
    'måndag glas': ['glass'],
    'MÅND': ['glass'],
    'ma\u030andag': ['glass'],
    'mandag': [],
    'far': ['gym'],
    'får': ['lambs'],
    'éco': ['gym'],
    'eco': [],
    'Мой їж': ['gym'],
    'мои': [],
    'حاوية 2026': ['gym'],
    'röda korset': ['glass'],
    'ringde': ['wall'],
    'rådhuset': ['wall'],
    'diariet': ['wall'],
    'ledarskap svarar': ['wall'],
    'kransmossen': ['Kransmossen', '2026-1', 'glass', 'Färgat glas', 'Tidningar'],
    'färgat': ['Färgat glas', '2026-1'],
    'glas kransmossen': ['Färgat glas', '2026-1', 'glass'],
    'insamlingen': ['Fia Fält', 'Leo Ledare', 'Vera Vagn'],
    'fia': ['Fia Fält', 'wall', 'gym', 'glass', 'lambs'],
    '2026-1': ['2026-1'],
    'Ärende 2026 1': ['2026-1'],
    '2026-9': [],
    'full påsar': ['2026-1'],
    'påsar måndag': [],
    NUMBER: [],
    '811218': [],
    '': [],
    '* " - ()': [],
    'måndag NOT glaset': [],
    '"måndag': ['glass'],
    'words:måndag': [],
    '§färgat': ['Färgat glas', '2026-1'],
}
"""What is found by which words, in order."""


async def test_the_words(diary: Cast) -> None:
    assert {words: await found(diary, words) for words in WORDS} == WORDS


async def test_a_code_is_found_however_it_is_typed(diary: Cast) -> None:
    code = diary.glass.code
    for typed in (code, code.lower(), f'{code[:3]} {code[3:]}', f'{code[:3]}-{code[3:].lower()}', code[:4]):
        assert await found(diary, typed) == ['2026-1', 'Färgat glas'], typed


async def test_what_was_found_is_marked(diary: Cast) -> None:
    [glass] = (await search(diary, 'mån full')).hits
    assert text_of(glass.excerpt) == 'Glaset är [fullt] varje [måndag]'
    [case] = (await search(diary, 'glas bredvid', person=diary.fia)).hits
    assert (text_of(case.name), text_of(case.excerpt)) == ('Färgat [glas]', 'Påsar [bredvid] ••••••-••••')
    [case] = (await search(diary, 'glas bredvid')).hits
    assert NUMBER in text_of(case.excerpt), 'a lead may read it'


async def test_the_filters(diary: Cast) -> None:
    table = {
        SearchFilter(SearchKind.CASE): ['2026-1'],
        SearchFilter(SearchKind.THING): ['Färgat glas', 'Tidningar'],
        SearchFilter(site=diary.kransmossen.id): ['Kransmossen', '2026-1', 'glass', 'Färgat glas', 'Tidningar'],
        SearchFilter(site='elsewhere'): [],
        SearchFilter(team='nobody'): [],
        SearchFilter(SearchKind.ENTRY, team=diary.collectors.id): ['glass'],
        SearchFilter(since=date(2026, 5, 4), until=date(2026, 5, 4)): ['2026-1', 'glass'],
        SearchFilter(since=date(2026, 5, 5)): [],
        SearchFilter(until=date(2026, 5, 3)): [],
        SearchFilter(since=date.min, until=date.max): ['2026-1', 'glass'],
    }
    assert {chosen: await found(diary, 'kransmossen', chosen) for chosen in table} == table
    long_ago = SearchFilter(until=date(2026, 5, 3))
    assert await found(diary, 'fia', long_ago) == ['lambs']


async def test_one_page_follows_the_other(diary: Cast) -> None:
    for limit in (1, 2, 3):
        names: list[str] = []
        before = None
        while before or not names:
            page = await search(diary, 'kransmossen', before=before, limit=limit)
            names += [name_of(hit) for hit in page.hits]
            before = page.older
        assert names == WORDS['kransmossen'], limit
    for strange in ('', 'x', 'h', 'n-1', 'h' + '9' * 30, 'o0', 'z1', '٣'):
        assert isinstance(await search(diary, 'kransmossen', before=strange), SearchPage)


@pytest.mark.parametrize('typed', ['å' * 201, ' '.join('abcdefghijklmn')])
async def test_a_query_has_its_bounds(cast: Cast, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        await search(cast, typed)
    assert refused.value.field == 'q'


async def test_nobody_finds_what_is_not_for_them(cast: Cast) -> None:
    street = await cast.services.people.add_team(cast.alva, 'Gatan', 'Energi och Miljö')
    park = await cast.services.people.add_team(cast.alva, 'Parken', 'Parkkontoret')
    add = cast.services.people.add
    nils = await add(cast.alva, PersonDraft('Nils Nabo', Role.LEAD, street.id))
    pia = await add(cast.alva, PersonDraft('Pia Park', Role.LEAD, park.id))
    for audience in Audience:
        await log(cast, audience.value, 'Vi hittade en vårta', audience=audience)
    for person, finds in (
        (cast.fia, ['team', 'organisation', 'staff', 'public']),
        (cast.leo, ['team', 'organisation', 'staff', 'public']),
        (cast.alva, ['team', 'organisation', 'staff', 'public']),
        (nils, ['organisation', 'staff', 'public']),
        (pia, ['staff', 'public']),
    ):
        assert set(await found(cast, 'vårta', person=person)) == set(finds), person.name
        page = await search(cast, 'vårta', person=person, limit=len(finds))
        assert (len(page.hits), page.older) == (len(finds), None), 'nor does an empty page tell of the others'


async def test_what_the_index_lets_through_is_checked_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    street = await cast.services.people.add_team(cast.alva, 'Gatan', 'Gatukontoret')
    nils = await cast.services.people.add(cast.alva, PersonDraft('Nils Nabo', Role.LEAD, street.id))
    await log(cast, 'secret', 'Vi hittade en vårta', audience=Audience.TEAM)
    monkeypatch.setattr('app.store.sqlite.search_statements._READABLE', '')
    assert await found(cast, 'vårta') == ['secret']
    assert await found(cast, 'vårta', person=nils) == []


async def test_an_author_under_the_team_name_is_never_found(cast: Cast) -> None:
    await log(cast, 'veiled', 'Chefen lyssnar inte på mig', CLAIM, kind=EntryKind.OBSTACLE)
    assert await found(cast, 'chefen') == [], 'nobody may learn at which second it came'
    cast.clock.pass_(minutes=1)
    for person in (cast.fia, cast.leo, cast.alva):
        [hit] = (await search(cast, 'chefen', person=person)).hits
        assert hit.author is None
        assert hit.at
        assert not hit.at.second
        for words in ('fia chefen', 'fält chefen', 'fia'):
            assert 'veiled' not in await found(cast, words, person=person)


async def test_words_that_are_taken_back_are_not_found(diary: Cast) -> None:
    cast = diary
    glass, wall = f'{ENTRY}glass', f'{ENTRY}wall'
    entry = await cast.services.entries.get(await cast.services.reader(cast.fia), glass)
    await cast.services.entries.correct(cast.fia, glass, entry.content.model_copy(update={'text': 'Glaset är tomt'}))
    assert (await found(cast, 'måndag'), await found(cast, 'tomt')) == ([], ['glass'])
    await cast.services.replies.withdraw(cast.leo, 'an-answer-of-leo')
    assert (await found(cast, 'rådhuset'), await found(cast, 'ringde')) == ([], ['wall'])
    await cast.services.entries.withdraw(cast.fia, wall)
    assert await found(cast, 'ringde') == []
    await cast.services.sites.retire_asset(cast.alva, cast.paper.id)
    assert await found(cast, 'tidningar') == []


async def test_words_that_are_not_indexed_yet_are_checked(diary: Cast) -> None:
    cast = diary
    await search(cast, 'måndag')
    await cast.services.entries.withdraw(cast.fia, f'{ENTRY}glass')
    reader = await cast.services.reader(cast.leo)
    assert (await cast.services.search.find(reader, 'måndag')).hits == (), 'the index may be a moment behind'


async def test_further_words_are_found(diary: Cast) -> None:
    cast = diary
    await search(cast, '')
    await send_report(cast.services, cast.glass.code, 'full', 'another-report-of-it', 'En soffa står i vägen')
    await log(cast, 'late', 'Soffan är borta')
    assert await found(cast, 'soff') == ['late', '2026-1']


async def test_a_report_without_words_indexes_nothing(diary: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await search(diary, '')
    monkeypatch.setattr('app.services.search_texts.SearchTexts.text', None)
    await send_report(diary.services, diary.glass.code, 'full', 'a-report-without-words')
    await diary.services.search.settled()
