"""Test the rows of the feed: one a case, wherever its newest step puts it, and by default what concerns somebody."""

from __future__ import annotations

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.events import EventKind, Topic
from app.domain.people import Person, Role, Team
from app.domain.quarantine import Flood
from app.domain.replies import ReplyKind
from app.services.feed import Story
from app.services.feed_rows import RowFilter
from app.services.people import PersonDraft
from tests.cast import Cast, send_report

EVERYTHING = RowFilter()


async def rows(
    cast: Cast, chosen: RowFilter = EVERYTHING, limit: int = 30, person: Person | None = None
) -> list[Story]:
    """Return all rows, read page by page."""
    reader = await cast.services.reader(person or cast.fia)
    found: list[Story] = []
    before: str | None = None
    while True:
        page = await cast.services.feed_rows.page(reader, chosen, before, limit)
        assert len(page.stories) <= limit
        found += page.stories
        before = page.older
        if before is None:
            return found


async def report(cast: Cast, number: int, code: str = '', note: str = '') -> str:
    cast.clock.pass_(minutes=1)
    receipt = await send_report(cast.services, code or cast.glass.code, 'full', f'a-phone-minted-this-{number}', note)
    return receipt.case.id


async def log(cast: Cast, person: Person, number: int, text: str = 'Så var det') -> str:
    cast.clock.pass_(minutes=1)
    content = Content(kind=EntryKind.LESSON, text=text)
    await cast.services.entries.log(person, id := f'a-phone-minted-entry-{number}', content)
    return id


async def test_a_case_is_one_row_at_its_newest_step(cast: Cast) -> None:
    case = await report(cast, 1, note='Fullt')
    await log(cast, cast.fia, 1)
    await report(cast, 2, note='Fortfarande')
    cast.clock.pass_(minutes=1)
    await cast.services.cases.acknowledge(cast.fia, case)
    await log(cast, cast.fia, 2)
    found = [(story.event.kind, story.earlier) for story in await rows(cast)]
    logged = (EventKind.ENTRY_LOGGED, None)
    assert found == [logged, (EventKind.CASE_ACKNOWLEDGED, 2), logged]


@pytest.mark.parametrize('limit', [1, 2, 3, 30])
async def test_no_page_shows_a_case_twice_or_loses_one(cast: Cast, limit: int) -> None:
    for number in range(4):
        await report(cast, number, note=f'Fullt {number}')
        await report(cast, number + 10, cast.paper.code, note=f'Fullt {number}')
        await log(cast, cast.fia, number)
    found = [story.case.id if story.case else story.event.id for story in await rows(cast, limit=limit)]
    assert len(found) == len(set(found)) == 6


async def test_a_row_that_moves_between_two_pages_is_news_and_on_no_older_page(cast: Cast) -> None:
    moving = await report(cast, 1)
    for number in range(4):
        await log(cast, cast.fia, number)
    reader = await cast.services.reader(cast.fia)
    first = await cast.services.feed_rows.page(reader, limit=2)
    assert first.older
    cast.clock.pass_(minutes=1)
    await cast.services.cases.acknowledge(cast.leo, moving)
    older = await cast.services.feed_rows.page(reader, before=first.older)
    assert [story.case for story in older.stories] == [None, None]
    newest = (await cast.services.feed_rows.page(reader, limit=1)).stories[0]
    assert newest.case
    assert newest.case.id == moving


async def test_upkeep_is_shown_to_who_asks_for_it(cast: Cast) -> None:
    await report(cast, 1)
    assert {story.event.topic for story in await rows(cast)} == {Topic.CASES}
    upkeep = await rows(cast, RowFilter(Topic.UPKEEP, person=cast.alva), person=cast.alva)
    assert EventKind.SITE_ADDED in {story.event.kind for story in upkeep}


@pytest.fixture
async def others(cast: Cast) -> tuple[Team, Person]:
    """Return another team, and Olle who is in it."""
    team = await cast.services.people.add_team(cast.alva, 'Gata', 'Tekniska', 'streets')
    return team, await cast.services.people.add(cast.alva, PersonDraft('Olle Ort', Role.FIELD, team.id), 'olle')


async def test_what_concerns_somebody_is_their_teams_and_what_is_said_to_them(
    cast: Cast, others: tuple[Team, Person]
) -> None:
    _, olle = others
    replies = cast.services.replies
    ours = await report(cast, 1)
    mentioned, asked, foreign = (
        await log(cast, olle, 1, 'Fråga @Fia Fält'),
        await log(cast, cast.fia, 2),
        await log(cast, olle, 3),
    )
    cast.clock.pass_(minutes=1)
    await replies.add(olle, asked, 'a-phone-replies-00001', ReplyKind.QUESTION, 'Varför?')
    await replies.add(cast.leo, foreign, 'a-phone-replies-00002', ReplyKind.QUESTION, 'Hur då?')
    found = await rows(cast, RowFilter(person=cast.fia))
    assert {story.entry.id for story in found if story.entry} == {mentioned, asked}
    assert [story.case.id for story in found if story.case] == [ours]
    assert {story.entry.id for story in await rows(cast) if story.entry} == {mentioned, asked, foreign}
    theirs = await rows(cast, RowFilter(person=olle), person=olle)
    assert {story.entry.id for story in theirs if story.entry} == {mentioned, asked, foreign}
    assert not [story for story in theirs if story.case]


async def test_what_waits_for_a_lead_concerns_every_lead(cast: Cast, others: tuple[Team, Person]) -> None:
    _, olle = others
    cast.clock.pass_(minutes=1)
    _, event = Flood.begin(cast.services.context.stamp())
    await cast.services.context.store.save(event)
    lead = await cast.services.people.change(cast.alva, olle.id, PersonDraft(olle.name, Role.LEAD, olle.team_id))
    for person, kinds in ((cast.fia, set()), (cast.leo, {event.kind}), (lead, {event.kind})):
        assert {story.event.kind for story in await rows(cast, RowFilter(person=person), person=person)} == kinds


async def test_the_open_cases_follow_the_filter(cast: Cast, others: tuple[Team, Person]) -> None:
    team, olle = others
    await report(cast, 1)
    (case,) = await cast.services.cases.open()
    for chosen in (RowFilter(), RowFilter(Topic.CASES), RowFilter(person=cast.fia), RowFilter(team_id='collectors')):
        assert chosen.shows_case(case)
    for chosen in (RowFilter(Topic.OBSTACLE), RowFilter(person=olle), RowFilter(team_id=team.id)):
        assert not chosen.shows_case(case)
    assert not RowFilter(person=cast.alva).shows_case(case.model_copy(update={'team_id': None}))
    theirs = case.model_copy(update={'team_id': team.id, 'team_before': 'collectors'})
    assert [RowFilter(person=person).shows_case(theirs) for person in (cast.fia, olle)] == [False, True]
    assert [RowFilter(person=person).has_shown_case(theirs) for person in (cast.fia, olle)] == [True, False]
    assert RowFilter(person=cast.fia).shows_case(theirs.model_copy(update={'assignee_id': 'fia'}))
