"""Rows: what the feed and the list of cases are fed with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.content import Content, EntryKind
from app.domain.people import Person
from components.rows import News, Row, story_row
from tests.cast import NOON, Cast
from tests.pictures import photo


def english(person: Person) -> Person:
    return person.model_copy(update={'language': 'en'})


async def newest(cast: Cast) -> Row:
    (event,) = (await cast.house.feed.page(limit=1)).documents
    return story_row(await cast.house.feed.story(event), english(cast.fia))


@pytest.mark.parametrize(
    ('ago', 'told'),
    [
        (timedelta(hours=20), True),
        (timedelta(minutes=16), True),
        (timedelta(minutes=15), False),
        (timedelta(0), False),
        (timedelta(minutes=-9), False),
    ],
)
async def test_when_it_was_is_told_where_that_is_not_about_now(cast: Cast, ago: timedelta, told: bool) -> None:
    content = Content(kind=EntryKind.LESSON, text='Så var det', happened_at=NOON - ago)
    await cast.house.entries.log(cast.fia, 'a-phone-minted-this-1', content)
    assert (await newest(cast))['happened'] == ((NOON - ago).isoformat() if told else None)


async def test_a_button_is_named_by_deed_thing_and_place(cast: Cast) -> None:
    await cast.house.cases.report(cast.glass.code, 'full', 'a-phone-minted-this-1')
    row = await newest(cast)
    assert [action['named'] for action in row['case']['actions']] == [
        'Seen: Färgat glas, Full, Kransmossen',
        'Fixed: Färgat glas, Full, Kransmossen',
    ]
    assert row['happened'] is None


async def test_a_case_that_has_been_seen_can_only_be_fixed(cast: Cast) -> None:
    case = (await cast.house.cases.report(cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    await cast.house.cases.acknowledge(cast.fia, case.id)
    assert [action['verb'] for action in (await newest(cast))['case']['actions']] == ['resolve']
    await cast.house.cases.resolve(cast.fia, case.id)
    assert (await newest(cast))['case']['actions'] == []


async def test_a_photo_stands_in_the_row_that_tells_of_it_and_at_its_case(cast: Cast) -> None:
    await cast.house.cases.report(cast.glass.code, 'full', 'a-phone-minted-this-1')
    assert (await newest(cast))['case']['photos'] == []
    cast.clock.pass_(minutes=1)
    kept = (await cast.house.reception.add_photo('a-phone-minted-this-1', photo())).report.photo
    row = await newest(cast)
    assert row['sentence'] == 'A photo from a resident: Färgat glas – full'
    assert row['photo'] == {'src': f'/photos/{kept}', 'alt': 'Photo: Färgat glas, Full, Kransmossen'}
    assert row['case']['photos'] == [{'src': f'/photos/{kept}', 'alt': 'Photo 1: Färgat glas, Full, Kransmossen'}]
    cast.clock.pass_(minutes=1)
    await cast.house.cases.acknowledge(cast.fia, (await cast.house.cases.open())[0].id)
    row = await newest(cast)
    assert row['photo'] is None
    assert len(row['case']['photos']) == 1


async def test_a_note_that_came_later_is_told_once(cast: Cast) -> None:
    await cast.house.cases.report(cast.glass.code, 'full', 'a-phone-minted-this-8')
    cast.clock.pass_(minutes=1)
    await cast.house.cases.add_note('a-phone-minted-this-8', 'Upp till hålet')
    events = (await cast.house.feed.page(limit=2)).documents
    rows = [story_row(story, english(cast.fia)) for story in await cast.house.feed.stories(events)]
    assert [row['text'] for row in rows] == ['Upp till hålet', '']


NUMBERED = 'Mitt nummer är 19811218-9876.'


async def test_only_a_lead_reads_a_personal_identity_number(cast: Cast) -> None:
    await cast.house.cases.report(cast.glass.code, 'full', 'a-phone-minted-this-9', NUMBERED)
    (event,) = (await cast.house.feed.page(limit=1)).documents
    news = News(await cast.house.feed.story(event))
    assert news.row(cast.fia)['text'] == 'Mitt nummer är ••••••-••••.'
    assert [news.row(person)['text'] for person in (cast.leo, cast.alva)] == [NUMBERED, NUMBERED]
