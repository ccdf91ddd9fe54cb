"""Test that the feed shows every change once, with everything that it refers to."""

from __future__ import annotations

from app.domain.entry_content import Content, EntryKind
from app.domain.events import EventKind, Topic
from app.services.feed import FeedFilter
from tests.cast import Cast, send_report


async def happen(cast: Cast) -> None:
    """Make a report, a walk, and the report's resolution, a minute apart."""
    cast.clock.pass_(minutes=1)
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Helt fullt')).case
    cast.clock.pass_(minutes=1)
    walk = Content(kind=EntryKind.ACTIVITY, text='Gick runt', roots=('user_focus',), site_id='kransmossen')
    await cast.services.entries.log(cast.fia, 'a-phone-minted-this-2', walk)
    cast.clock.pass_(minutes=1)
    await cast.services.cases.acknowledge(cast.fia, case.id)


async def test_newest_first_with_what_it_names(cast: Cast) -> None:
    await happen(cast)
    page = await cast.services.feed.page()
    seen, walk, reported = await cast.services.feed.stories(page.documents[:3])
    assert [story.event.kind for story in (seen, walk, reported)] == [
        EventKind.CASE_ACKNOWLEDGED,
        EventKind.ENTRY_LOGGED,
        EventKind.CASE_REPORTED,
    ]
    assert seen.actor is not None
    assert seen.actor.name == 'Fia Fält'
    assert walk.entry is not None
    assert [root.id for root in walk.roots] == ['user_focus']
    assert reported.report is not None
    assert (reported.report.note, reported.actor) == ('Helt fullt', None)
    assert reported.asset is not None
    assert (reported.asset.name, reported.problem and reported.problem.id) == ('Färgat glas', 'full')


async def test_filtered_by_topic_and_team(cast: Cast) -> None:
    await happen(cast)
    cases = await cast.services.feed.page(FeedFilter(Topic.CASES))
    assert {event.topic for event in cases.documents} == {Topic.CASES}
    assert len(cases.documents) == 2
    ours = await cast.services.feed.page(FeedFilter(Topic.ACTIVITY, 'collectors'))
    assert len(ours.documents) == 1
    assert (await cast.services.feed.page(FeedFilter(team_id='others'))).documents == ()
    for event in cases.documents:
        assert FeedFilter(Topic.CASES, 'collectors').matches(event)
        assert not FeedFilter(Topic.LESSON).matches(event)
        assert not FeedFilter(team_id='others').matches(event)


async def test_every_change_makes_exactly_one_event(cast: Cast) -> None:
    before = len((await cast.services.feed.page(limit=1000)).documents)
    await happen(cast)
    after = (await cast.services.feed.page(limit=1000)).documents
    assert len(after) == before + 3


async def test_who_comes_in_where_and_when_is_for_administrators_and_themselves(cast: Cast) -> None:
    token = await cast.services.people.invite(cast.alva, 'fia')
    await cast.services.people.join(token, 'Chrome, Android')
    (device,) = await cast.services.people.devices('fia')
    await cast.services.people.revoke(cast.fia, device.id)
    of_devices = {EventKind.PERSON_INVITED, EventKind.PERSON_JOINED, EventKind.DEVICE_REVOKED}
    for person, known in ((cast.alva, of_devices), (cast.fia, of_devices), (cast.leo, set())):
        feed = await cast.services.feed.readable_page(await cast.services.context.reader(person))
        assert {story.event.kind for story in feed.stories} & of_devices == known


async def test_what_was_erased_is_shown_without_its_text(cast: Cast) -> None:
    await happen(cast)
    await cast.services.context.store.erase(cast.fia)
    (walk,) = await cast.services.feed.stories((await cast.services.feed.page(FeedFilter(Topic.ACTIVITY))).documents)
    assert walk.actor is None
