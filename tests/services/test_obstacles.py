"""Test the obstacle diary: log, share, link and end obstacles."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.entries import Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import Clash, Gone, NotAllowed, NotFound
from app.domain.events import Event, EventKind, Topic
from app.domain.obstacles import Obstacle, ObstacleState
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.services.obstacle_details import ObstacleDetails
from app.services.obstacle_diary import DiaryQuery, DiaryView
from app.services.people import PersonDraft
from tests.cast import Cast, sign_in_once

ID = 'a-phone-minted-this-wall'
CLAIM = 'only-the-phone-of-fia-knows-this'
WALL = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar på ritningen', obstacle_kind='culture', tried='Ringde')
ASK_ON = date(2026, 6, 1)
ALL = DiaryQuery()


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Add a third collector: a team's name hides nobody among two."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


@pytest.fixture
async def nils(cast: Cast) -> Person:
    """Add Nils, of another organisation."""
    team = await cast.services.people.add_team(cast.alva, 'Gatan', 'Gatukontoret', 'street')
    return await cast.services.people.add(cast.alva, PersonDraft('Nils Nabo', Role.FIELD, team.id), 'nils')


@pytest.fixture
async def wall(cast: Cast) -> Entry:
    """Log an obstacle as Fia."""
    return await cast.services.entries.log(cast.fia, ID, WALL)


async def reader(cast: Cast, person: Person) -> Reader:
    return await cast.services.context.reader(person)


async def log(cast: Cast, number: int, person: Person | None = None, claim: str = '', **other: Any) -> Entry:
    content = WALL.model_copy(update={'text': f'Vägg nummer {number}', **other})
    return await cast.services.entries.log(person or cast.fia, f'{ID}-{number}', content, claim)


async def shown(cast: Cast, person: Person, query: DiaryQuery = ALL, **claims: str) -> list[str]:
    """Return the end of the id of each obstacle that this person sees."""
    page = await cast.services.obstacle_diary.page(await reader(cast, person), query, claims)
    return [standing.entry.id.removeprefix(ID) for standing in page.obstacles]


async def standing(cast: Cast, person: Person, id: str = ID) -> ObstacleDetails:
    return await cast.services.obstacle_diary.details(await reader(cast, person), id)


async def obstacle_events(cast: Cast) -> list[EventKind]:
    return [event.kind for event in await cast.services.context.find_all(Event) if event.topic is Topic.OBSTACLE]


# Me too


async def test_another_organisation_counts_visibly(cast: Cast, nils: Person, wall: Entry) -> None:
    for person in (cast.leo, nils, nils):
        await cast.services.obstacles.share(person, ID)
    sharing = (await standing(cast, nils)).sharing
    assert sharing.total == 2
    assert sharing.organisations == {'Energi och Miljö': 1, 'Gatukontoret': 1}
    assert {person.name for person in sharing.people} == {'Leo Ledare', 'Nils Nabo'}
    assert (await obstacle_events(cast)).count(EventKind.OBSTACLE_SHARED) == 2
    await cast.services.obstacles.unshare(nils, ID)
    assert (await standing(cast, nils)).sharing.total == 1


async def test_fia_does_not_share_her_own(cast: Cast, wall: Entry) -> None:
    with pytest.raises(NotAllowed):
        await cast.services.obstacles.share(cast.fia, ID)


async def test_many_at_once_each_count_once(cast: Cast, wall: Entry) -> None:
    people = [
        await cast.services.people.add(cast.alva, PersonDraft(f'Nr {number}', Role.FIELD, 'collectors'))
        for number in range(20)
    ]
    await asyncio.gather(*(cast.services.obstacles.share(person, ID) for person in people + people))
    assert (await standing(cast, cast.fia)).sharing.total == 20
    assert (await obstacle_events(cast)).count(EventKind.OBSTACLE_SHARED) == 20


async def test_sharing_does_not_clash_with_fias_correction(cast: Cast, wall: Entry) -> None:
    better = WALL.model_copy(update={'text': 'Ingen svarar alls'})
    await asyncio.gather(
        cast.services.obstacles.share(cast.leo, ID), cast.services.entries.correct(cast.fia, ID, better, seen=1)
    )
    found = await standing(cast, cast.fia)
    assert (found.entry.text, found.sharing.total) == ('Ingen svarar alls', 1)


async def test_who_leaves_still_counts_and_is_named_no_more(cast: Cast, nils: Person, wall: Entry) -> None:
    await cast.services.obstacles.share(nils, ID)
    await cast.services.obstacles.explore(nils, ID)
    await cast.services.account_erasure.leave(nils, nils.id)
    await cast.services.account_erasure.finish()
    found = await standing(cast, cast.fia)
    assert (found.sharing.total, found.sharing.people, found.people) == (1, (), {})
    assert '"nils"' not in found.obstacle.model_dump_json()


# The end of an obstacle


async def test_it_ends_openly_and_may_come_back(cast: Cast, nils: Person, wall: Entry) -> None:
    obstacles = cast.services.obstacles
    await obstacles.explore(nils, ID)
    await obstacles.raise_to(nils, ID, 'Länsstyrelsen', 'Hjälp oss', ASK_ON)
    await obstacles.ask_again(cast.leo, ID, ASK_ON + timedelta(days=30))
    await obstacles.remove(cast.leo, ID, 'De svarade')
    assert await shown(cast, nils) == []
    assert await shown(cast, nils, DiaryQuery(DiaryView.CLOSED)) == ['']
    await obstacles.come_back(nils, ID)
    obstacle = (await standing(cast, nils)).obstacle
    assert obstacle.state is ObstacleState.EXPLORED
    assert [step.by for step in obstacle.steps] == ['nils', 'nils', 'leo', 'leo', 'nils']
    assert len(await obstacle_events(cast)) == 1 + 5


async def test_of_two_who_close_it_at_once_one_is_refused(cast: Cast, nils: Person, wall: Entry) -> None:
    ends = await asyncio.gather(
        cast.services.obstacles.remove(nils, ID, 'Borta', seen=0),
        cast.services.obstacles.work_around(cast.leo, ID, 'Runt', seen=0),
        return_exceptions=True,
    )
    assert [isinstance(end, Clash) for end in ends].count(True) == 1
    assert len((await standing(cast, nils)).obstacle.steps) == 1


async def test_a_form_that_shows_an_older_state_is_refused(cast: Cast, wall: Entry) -> None:
    await cast.services.obstacles.share(cast.leo, ID)
    with pytest.raises(Clash):
        await cast.services.obstacles.remove(cast.leo, ID, 'Borta', seen=0)
    await cast.services.obstacles.remove(cast.leo, ID, 'Borta', seen=1)


@pytest.mark.parametrize(
    ('kind', 'state', 'possibilities'),
    [(ReplyKind.YES_AND, ObstacleState.EXPLORED, 1), (ReplyKind.QUESTION, ObstacleState.NOTICED, 0)],
)
async def test_a_possibility_explores_it_and_a_question_touches_it(
    cast: Cast, wall: Entry, kind: ReplyKind, state: ObstacleState, possibilities: int
) -> None:
    cast.clock.pass_(days=40)
    await cast.services.replies.add(cast.leo, ID, 'a-phone-minted-this-reply', kind, 'fråga grannen')
    found = await standing(cast, cast.fia)
    assert (found.obstacle.state, len(found.possibilities)) == (state, possibilities)
    assert found.obstacle.touched_at == cast.clock.at
    assert len(await obstacle_events(cast)) == 2


async def test_possibilities_and_shares_at_once_are_all_kept(cast: Cast, nils: Person, wall: Entry) -> None:
    replies = [
        cast.services.replies.add(cast.leo, ID, f'a-phone-minted-this-{number}', ReplyKind.YES_AND, f'{number}')
        for number in range(5)
    ]
    await asyncio.gather(*replies, cast.services.obstacles.share(nils, ID), cast.services.obstacles.explore(nils, ID))
    found = await standing(cast, cast.fia)
    assert (len(found.possibilities), found.sharing.total, len(found.obstacle.steps)) == (5, 1, 1)


async def test_thanks_do_not_touch_it(cast: Cast, wall: Entry) -> None:
    await cast.services.replies.add(cast.leo, ID, '', ReplyKind.THANKS)
    assert await cast.services.context.find_all(Obstacle) == ()


# Permissions


async def test_nobody_acts_on_what_they_may_not_read(cast: Cast, nils: Person) -> None:
    await log(cast, 1, audience=Audience.TEAM)
    await log(cast, 2, nils)
    for act in (cast.services.obstacles.share, cast.services.obstacles.explore, cast.services.obstacles.put_back):
        with pytest.raises(NotFound):
            await act(nils, f'{ID}-1')
    for one, other in ((1, 2), (2, 1)):
        with pytest.raises(NotFound):
            await cast.services.obstacles.link(nils, f'{ID}-{one}', f'{ID}-{other}')
    assert await shown(cast, nils) == ['-2']
    assert set(await shown(cast, cast.leo)) == {'-1', '-2'}


async def test_who_no_longer_works_here_does_nothing(cast: Cast, wall: Entry) -> None:
    await cast.services.people.change(cast.alva, 'leo', PersonDraft('Leo', Role.LEAD, 'collectors', active=False))
    with pytest.raises(NotAllowed):
        await cast.services.obstacles.share(await cast.services.people.get('leo'), ID)


async def test_what_is_no_obstacle_or_withdrawn_is_in_no_list(cast: Cast, wall: Entry) -> None:
    walk = await cast.services.entries.log(cast.fia, f'{ID}-walk', Content(kind=EntryKind.ACTIVITY, text='Gick'))
    with pytest.raises(NotFound):
        await cast.services.obstacles.explore(cast.leo, walk.id)
    await cast.services.obstacles.share(cast.leo, ID)
    await cast.services.entries.withdraw(cast.fia, ID)
    with pytest.raises(Gone):
        await cast.services.obstacles.explore(cast.leo, ID)
    for view in DiaryView:
        assert await shown(cast, cast.leo, DiaryQuery(view)) == [], view


# Linked obstacles


async def test_a_pattern_shows_over_teams_as_far_as_one_may_read(cast: Cast, nils: Person, wall: Entry) -> None:
    await log(cast, 1, nils)
    await log(cast, 2, audience=Audience.TEAM)
    await cast.services.obstacles.link(cast.leo, ID, f'{ID}-2')
    assert (await standing(cast, nils)).pattern is None
    await cast.services.obstacles.link(cast.leo, ID, f'{ID}-1')
    pattern = (await standing(cast, cast.leo)).pattern
    assert pattern is not None
    assert (pattern.teams, pattern.organisations) == (('Gatan', 'Insamlingen'), ('Energi och Miljö', 'Gatukontoret'))
    assert len(pattern.entries) == 3
    seen_by_nils = (await standing(cast, nils)).pattern
    assert seen_by_nils is not None
    assert {entry.id for entry in seen_by_nils.entries} == {ID, f'{ID}-1'}


async def test_two_patterns_become_one_also_when_both_grow_at_once(cast: Cast) -> None:
    for number in range(6):
        await log(cast, number)
    link = cast.services.obstacles.link
    await asyncio.gather(*(link(cast.leo, f'{ID}-{one}', f'{ID}-{one + 1}') for one in range(5)))
    patterns = {obstacle.pattern_id for obstacle in await cast.services.context.find_all(Obstacle)}
    assert len(patterns) == 1
    assert None not in patterns
    await cast.services.obstacles.unlink(cast.leo, f'{ID}-0')
    assert (await standing(cast, cast.leo, f'{ID}-0')).pattern is None


async def test_the_likeliest_to_be_the_same_are_offered_first(cast: Cast, nils: Person, wall: Entry) -> None:
    others: list[dict[str, Any]] = [{'obstacle_kind': 'competence'}, {}, {'audience': Audience.TEAM}]
    for number, other in enumerate(others):
        cast.clock.pass_(minutes=1)
        await log(cast, number, **other)
    offered = await cast.services.obstacle_diary.others_like(await reader(cast, nils), ID)
    assert [entry.id.removeprefix(ID) for entry in offered] == ['-1', '-0']
    offered = await cast.services.obstacle_diary.others_like(await reader(cast, nils), ID, 'nummer VÄGG 0')
    assert [entry.id.removeprefix(ID) for entry in offered] == ['-0']


# Views


async def test_by_kind_and_by_organisation(cast: Cast, nils: Person, wall: Entry) -> None:
    await log(cast, 1, nils, obstacle_kind='competence')
    assert await shown(cast, nils, DiaryQuery(kind='competence')) == ['-1']
    assert await shown(cast, nils, DiaryQuery(organisation='Energi och Miljö')) == ['']
    await cast.services.obstacles.share(cast.leo, f'{ID}-1')
    assert set(await shown(cast, nils, DiaryQuery(organisation='Energi och Miljö'))) == {'', '-1'}


async def test_mine_are_those_that_i_wrote_or_share(cast: Cast, nils: Person, wall: Entry) -> None:
    cast.clock.pass_(minutes=1)
    await log(cast, 1, nils)
    await log(cast, 2, nils)
    assert await shown(cast, cast.fia, DiaryQuery(DiaryView.MINE)) == ['']
    await cast.services.obstacles.share(cast.fia, f'{ID}-1')
    assert set(await shown(cast, cast.fia, DiaryQuery(DiaryView.MINE))) == {'', '-1'}


async def test_raised_ones_wait_the_next_to_ask_first(cast: Cast) -> None:
    for number, days in enumerate((30, 10, 20)):
        await log(cast, number)
        day = ASK_ON + timedelta(days=days)
        await cast.services.obstacles.raise_to(cast.leo, f'{ID}-{number}', 'Regionen', 'Hjälp', day)
    assert await shown(cast, cast.leo, DiaryQuery(DiaryView.RAISED)) == ['-1', '-2', '-0']


async def test_what_nobody_has_touched_for_its_period_is_brought_up(cast: Cast, nils: Person) -> None:
    await log(cast, 1, obstacle_kind='competence')
    await log(cast, 2, obstacle_kind='logics_and_law')
    await log(cast, 3, obstacle_kind='competence', audience=Audience.TEAM)
    cast.clock.pass_(days=44)
    assert await cast.services.obstacle_diary.resting(await reader(cast, cast.leo)) == 0
    cast.clock.pass_(days=1)
    assert await shown(cast, nils, DiaryQuery(DiaryView.RESTING)) == ['-1']
    assert await cast.services.obstacle_diary.resting(await reader(cast, cast.leo)) == 2
    await cast.services.obstacles.share(nils, f'{ID}-1')
    assert await cast.services.obstacle_diary.resting(await reader(cast, nils)) == 0


async def test_a_page_shows_the_first_and_counts_all(cast: Cast) -> None:
    for number in range(5):
        cast.clock.pass_(minutes=1)
        await log(cast, number)
    page = await cast.services.obstacle_diary.page(await reader(cast, cast.leo), limit=2)
    assert [standing.entry.text[-1] for standing in page.obstacles] == ['4', '3']
    assert page.total == 5


async def test_lists_follow_what_happens_and_what_is_erased(cast: Cast, wall: Entry) -> None:
    assert await shown(cast, cast.leo) == ['']
    cast.clock.pass_(minutes=1)
    entry = await log(cast, 1)
    assert await shown(cast, cast.leo) == ['-1', '']
    await cast.services.obstacles.remove(cast.leo, ID, 'Borta')
    await cast.services.entries.correct(cast.fia, ID, WALL.model_copy(update={'obstacle_kind': 'competence'}))
    assert await shown(cast, cast.leo, DiaryQuery(DiaryView.CLOSED, kind='competence')) == ['']
    await cast.services.context.store.erase(entry)
    assert await shown(cast, cast.leo) == []


async def test_nobody_waits_until_much_is_erased(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [await log(cast, number) for number in range(4)]
    assert len(await shown(cast, cast.leo)) == 4
    find, readings = cast.services.context.store.find, 0

    async def counted(*args: Any, **options: Any) -> Any:
        nonlocal readings
        readings += args[0] is Entry
        return await find(*args, **options)

    monkeypatch.setattr(cast.services.context.store, 'find', counted)
    for number, entry in enumerate(entries, 1):
        await cast.services.context.store.erase(entry)
        assert len(await shown(cast, cast.leo)) == 4 - number
    assert readings <= 1


async def test_whether_one_belongs_to_what_somebody_looks_at(cast: Cast, nils: Person, wall: Entry) -> None:
    await log(cast, 1, audience=Audience.TEAM)
    shows = cast.services.obstacle_diary.shows
    assert await shows(await reader(cast, nils), ALL, ID)
    assert not await shows(await reader(cast, nils), ALL, f'{ID}-1')
    assert not await shows(await reader(cast, nils), DiaryQuery(DiaryView.RAISED), ID)
    assert not await shows(await reader(cast, nils), ALL, 'nowhere')


# Under the team's name


async def test_the_author_under_the_teams_name_is_nowhere(cast: Cast, nils: Person) -> None:
    await log(cast, 1, claim=CLAIM)
    cast.clock.pass_(minutes=1)
    for person in (cast.fia, cast.leo, nils):
        await cast.services.obstacles.share(person, f'{ID}-1')
    found = await standing(cast, nils, f'{ID}-1')
    assert (found.author, [person.name for person in found.sharing.people], found.sharing.unnamed) == (
        None,
        ['Nils Nabo'],
        2,
    )
    events = [event for event in await cast.services.context.find_all(Event) if event.entry_id == f'{ID}-1']
    assert {event.by for event in events} == {None, 'nils'}
    assert await shown(cast, cast.fia, DiaryQuery(DiaryView.MINE)) == ['-1']  # as one who shares it


async def test_it_is_mine_where_the_phone_has_its_claim(cast: Cast) -> None:
    await log(cast, 1, claim=CLAIM, audience=Audience.TEAM)
    mine, id = DiaryQuery(DiaryView.MINE), f'{ID}-1'
    assert await shown(cast, cast.fia, mine) == []
    assert await shown(cast, cast.fia, mine, **{id: CLAIM}) == ['-1']
    for forged in ('', 'short', 'another-claim-of-many-letters'):
        assert await shown(cast, cast.fia, mine, **{id: forged}) == []


async def test_it_is_shown_once_its_minute_is_over(cast: Cast) -> None:
    cast.clock.pass_(seconds=17)
    await log(cast, 1, claim=CLAIM)
    assert await shown(cast, cast.leo) == []
    cast.clock.pass_(seconds=43)
    assert await shown(cast, cast.leo) == ['-1']


async def test_who_is_interrupted_leaves_the_first_reading_to_the_next(cast: Cast) -> None:
    for number in range(250):
        await log(cast, number)
    leo = await reader(cast, cast.leo)
    interrupted = asyncio.create_task(cast.services.obstacle_diary.page(leo, limit=1))
    await asyncio.sleep(0)
    interrupted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await interrupted
    assert (await cast.services.obstacle_diary.page(leo, limit=1)).total == 250
