"""Test the rows that the feed and the list of cases show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.events import Event, EventKind
from app.domain.people import Person
from app.domain.personal_numbers import MASK
from app.domain.replies import ReplyKind
from app.i18n import translator
from app.web.api.obstacles_read import obstacle_out
from components.entries.author_actions import state_of
from components.feed.rows import News, case_row, story_row
from components.obstacles.rows import obstacle_row
from tests.cast import NOON, Cast, send_report
from tests.sample_photos import photo


def english(person: Person) -> Person:
    return person.model_copy(update={'language': 'en'})


async def newest(cast: Cast) -> Any:
    (event,) = (await cast.services.feed.page(limit=1)).documents
    story = await cast.services.feed.with_notes(await cast.services.feed.story(event))
    return story_row(await cast.services.feed_rows.in_context(story), english(cast.fia))


async def card(cast: Cast) -> Any:
    """Return the newest Story's case as the list beside the feed shows it."""
    (event,) = (await cast.services.feed.page(limit=1)).documents
    story = await cast.services.feed.with_notes(await cast.services.feed.story(event))
    return case_row(story, translator('en'), cast.fia)


@pytest.mark.parametrize(
    ('ago', 'shown'),
    [
        (timedelta(hours=20), True),
        (timedelta(minutes=16), True),
        (timedelta(minutes=15), False),
        (timedelta(0), False),
        (timedelta(minutes=-9), False),
    ],
)
async def test_when_it_was_is_told_where_that_is_not_about_now(cast: Cast, ago: timedelta, shown: bool) -> None:
    content = Content(kind=EntryKind.LESSON, text='Så var det', happened_at=NOON - ago)
    await cast.services.entries.log(cast.fia, 'a-phone-minted-this-1', content)
    assert (await newest(cast))['happened'] == ((NOON - ago).isoformat() if shown else None)


async def test_a_button_is_named_by_deed_thing_and_place(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    assert [action['named'] for action in (await card(cast))['actions']] == [
        'We’ll take it: Färgat glas, Full, Kransmossen',
        'Emptied: Färgat glas, Full, Kransmossen',
    ]


async def test_a_button_that_has_done_its_work_keeps_its_place(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    await cast.services.cases.acknowledge(cast.fia, case.id)
    actions = (await card(cast))['actions']
    assert [(action['verb'], action['spent']) for action in actions] == [('acknowledge', True), ('resolve', False)]
    await cast.services.cases.resolve(cast.fia, case.id)
    assert (await card(cast))['actions'] == []


async def test_a_photo_stands_in_the_row_that_tells_of_it_and_at_its_case(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    assert (await card(cast))['photos'] == []
    cast.clock.pass_(minutes=1)
    kept = (await cast.services.report_intake.add_photo('a-phone-minted-this-1', photo())).report.photo
    row = await newest(cast)
    assert row['sentence'] == 'Photo from a resident: Färgat glas – full'
    assert row['photos'] == [{'src': f'/photos/{kept}', 'alt': 'Photo: Färgat glas, Full, Kransmossen'}]
    assert row['shows'] == '1 photo'
    assert (await card(cast))['photos'] == [
        {'src': f'/photos/{kept}', 'alt': 'Photo 1: Färgat glas, Full, Kransmossen'}
    ]
    cast.clock.pass_(minutes=1)
    await cast.services.cases.acknowledge(cast.fia, (await cast.services.cases.open())[0].id)
    row = await newest(cast)
    assert (row['photos'], row['shows']) == ([], '')
    assert len((await card(cast))['photos']) == 1


async def test_a_note_that_came_later_is_told_once(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-8')
    cast.clock.pass_(minutes=1)
    await cast.services.cases.add_note('a-phone-minted-this-8', 'Upp till hålet')
    events = (await cast.services.feed.page(limit=2)).documents
    rows = [story_row(story, english(cast.fia)) for story in await cast.services.feed.stories(events)]
    assert [row['text'] for row in rows] == ['Upp till hålet', '']


NUMBERED = 'Mitt nummer är 19811218-9876.'


async def test_only_a_lead_reads_a_personal_identity_number(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-9', NUMBERED)
    (event,) = (await cast.services.feed.page(limit=1)).documents
    news = News(await cast.services.feed.story(event))
    assert news.row(cast.fia)['text'] == 'Mitt nummer är ••••••-••••.'
    assert [news.row(person)['text'] for person in (cast.leo, cast.alva)] == [NUMBERED, NUMBERED]


async def test_nor_does_anybody_else_where_it_is_among_the_partners_or_says_to_whom_it_was_raised(cast: Cast) -> None:
    id, services = 'a-phone-minted-this-1', cast.services
    wall = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar', partners=(NUMBERED,))
    await services.entries.log(cast.alva, id, wall)
    (event,) = (await services.feed.page(limit=1)).documents
    await services.obstacles.raise_to(cast.leo, id, NUMBERED, 'Hej!', NOON.date() + timedelta(days=3))
    for person in (cast.fia, cast.leo):
        standing = await services.obstacle_diary.details(await services.context.reader(person), id)
        sent = f'{story_row(await services.feed.story(event), person)} {obstacle_row(standing, person)}'
        sent += obstacle_out(standing, person).model_dump_json()
        assert ('9876' in sent, sent.count(MASK) > 3) == ((True, False) if person is cast.leo else (False, True))
    assert '9876' not in str(state_of(await services.entries.get(await services.context.reader(cast.fia), id), ''))
    assert await services.entries.partners(await services.context.reader(cast.leo)) == ()


async def test_a_row_tells_how_much_was_said_and_what_last(cast: Cast) -> None:
    id, replies = 'a-phone-minted-this-1', cast.services.replies
    await cast.services.entries.log(cast.fia, id, Content(kind=EntryKind.LESSON, text='Så var det', roots=('culture',)))
    (event,) = (await cast.services.feed.page(limit=1)).documents
    await replies.add(cast.leo, id, 'a-phone-replies-1', ReplyKind.QUESTION, 'Varför 811218-9876?')
    cast.clock.pass_(seconds=1)
    await replies.add(cast.alva, id, 'a-phone-replies-2', ReplyKind.YES_AND, f'ring\n{"x" * 200}')
    await replies.add(cast.alva, id, '', ReplyKind.THANKS)
    row: Any = story_row(await cast.services.feed.story(event), english(cast.fia))
    assert row['entry']['said'] == '2 answers · 1 thanks'
    assert row['entry']['newest'].startswith('Alva Admin: Yes, and … ring xxx')
    assert len(row['entry']['newest']) < 170
    await replies.withdraw(cast.alva, 'a-phone-replies-2')
    row = story_row(await cast.services.feed.story(event), english(cast.fia))
    assert (row['entry']['said'], row['entry']['newest']) == ('1 answer · 1 thanks', f'Leo Ledare: Varför {MASK}?')
    assert (row['logged'], row['reply'], len(row['tags'])) == (True, None, 1)


async def test_what_is_taken_back_is_shown_to_nobody(cast: Cast) -> None:
    id = 'a-phone-minted-this-1'
    await cast.services.entries.log(cast.fia, id, Content(kind=EntryKind.LESSON, text='Så var det'))
    cast.clock.pass_(seconds=1)
    await cast.services.replies.add(cast.leo, id, 'a-phone-replies-1', ReplyKind.QUESTION, 'Varför då?')
    row = await newest(cast)
    assert (row['sentence'], row['text'], row['tags']) == ('Leo Ledare asked a question', 'Varför då?', [])
    await cast.services.replies.withdraw(cast.leo, 'a-phone-replies-1')
    row = await newest(cast)
    assert (row['text'], row['tags']) == ('', ['Withdrawn'])


async def test_answers_to_what_is_withdrawn_are_gone_with_it(cast: Cast) -> None:
    id = 'a-phone-minted-this-1'
    await cast.services.entries.log(cast.fia, id, Content(kind=EntryKind.LESSON, text='Så var det'))
    cast.clock.pass_(seconds=1)
    await cast.services.replies.add(cast.leo, id, 'a-phone-replies-1', ReplyKind.QUESTION, 'Varför då?')
    (event,) = (await cast.services.feed.page(limit=1)).documents
    await cast.services.entries.withdraw(cast.fia, id)
    row: Any = story_row(await cast.services.feed.story(event), english(cast.fia))
    assert (row['text'], row['entry']['said'], row['entry']['withdrawn']) == ('', '', True)


@pytest.mark.parametrize('at_once', [True, False])
@pytest.mark.parametrize(
    ('note', 'field_staff_read'),
    [
        ('Påsar <i>bakom</i> behållaren', 'Påsar <i>bakom</i> behållaren'),
        ('Ring 811218-9876', 'Ring ••••••-••••'),
        ('å' * 1_999, 'å' * 500 + ' …'),
    ],
)
async def test_a_residents_words_stand_on_the_card_of_their_case(
    cast: Cast, note: str, field_staff_read: str, at_once: bool
) -> None:
    await send_report(
        cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', note if at_once else '', fine=False
    )
    if not at_once:
        assert (await card(cast))['notes'] == []
        await cast.services.cases.add_note('a-phone-minted-this-1', note)
    shown = await card(cast)
    assert [note['text'] for note in shown['notes']] == [field_staff_read]
    assert 'a-phone-minted-this-1' not in str(shown), 'the id would open the resident’s thanks page'


async def test_a_row_of_a_case_is_the_cases_and_counts_its_earlier_steps(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Fullt')).case
    row = await newest(cast)
    assert (row['id'], row['case']['earlier'], row['href']) == (case.id, '', f'/cases/{case.number}')
    assert not {'actions', 'notes'} & row['case'].keys()
    cast.clock.pass_(minutes=1)
    await cast.services.cases.acknowledge(cast.fia, case.id)
    row = await newest(cast)
    assert (row['id'], row['case']['earlier']) == (case.id, '1 earlier step')
    cast.clock.pass_(minutes=1)
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-2')
    (again,) = (await cast.services.context.store.find(Event, limit=1)).documents
    row = story_row(await cast.services.feed_rows.in_context(await cast.services.feed.story(again)), cast.fia)
    assert row['case']
    assert row['case']['earlier'] is None, 'it is no step of its own: the browser keeps what it has'


async def test_a_closed_case_carries_no_words(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Fullt')).case
    await cast.services.cases.resolve(cast.fia, case.id)
    assert (await card(cast))['notes'] is None


async def test_words_are_read_only_where_they_may_have_changed(cast: Cast) -> None:
    feed, store = cast.services.feed, cast.services.context.store
    for number, note in enumerate(('Fullt', 'Sa jag', '')):
        await send_report(cast.services, cast.glass.code, 'full', f'a-phone-minted-this-{number}', note)
    await cast.services.cases.add_note('a-phone-minted-this-0', 'Helt fullt')
    stories = [await feed.with_notes(await feed.story(event)) for event in (await store.find(Event)).documents]
    read = {story.event.kind: story.noted is not None for story in stories if story.case}
    assert read == {
        EventKind.CASE_REPORTED: True,
        EventKind.CASE_CONFIRMED: True,
        EventKind.CASE_REPORTED_AGAIN: False,
        EventKind.CASE_NOTED: True,
    }
