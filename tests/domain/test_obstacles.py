"""Test an obstacle's life: it is noticed, explored and ended in public; it may come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.document import ChangeStamp
from app.domain.entries import Author, Entry
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Clash, Invalid, NotAllowed, Refusal
from app.domain.events import Event, EventKind, Topic
from app.domain.obstacle_links import MOST_ALIKE, link, unlink
from app.domain.obstacles import LONGEST_MESSAGE, MOST_STEPS, MOST_TURNS, Obstacle, ObstacleState
from app.domain.people import Person, Role

NOON = datetime(2026, 5, 4, 12, 0, 17, tzinfo=UTC)
STAMP = ChangeStamp('an-event', NOON, 'leo')
JUNE = date(2026, 6, 1)
PERIOD = timedelta(days=60)


def person(id: str, team_id: str | None) -> Person:
    return Person(id=id, name=id.title(), role=Role.FIELD, team_id=team_id, added_at=NOON)


FIA, LEO, NILS = person('fia', 'collectors'), person('leo', 'collectors'), person('nils', 'street')


def wall(id: str = 'wall', claim: str | None = None) -> Entry:
    content = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar')
    return Entry.log(id, content, Author(FIA, claim), ChangeStamp('another', NOON, 'fia'))[0]


WALL = wall()


@pytest.fixture
def noticed() -> Obstacle:
    """Return an obstacle that Fia has just run into."""
    return Obstacle.of(WALL)


def done(changed: tuple[Obstacle, Event] | None) -> Obstacle:
    assert changed is not None
    return changed[0]


def raised(obstacle: Obstacle) -> Obstacle:
    return done(obstacle.raise_to(WALL, ' Länsstyrelsen ', 'Hjälp oss', JUNE, STAMP))


# Me too


def test_somebody_shares_it_once(noticed: Obstacle) -> None:
    shared, event = noticed.share(WALL, NILS, STAMP) or (noticed, None)
    assert [(share.person_id, share.team_id) for share in shared.shares] == [('nils', 'street')]
    assert event is not None
    assert (event.kind, event.entry_id, event.by, event.topic) == (
        EventKind.OBSTACLE_SHARED,
        'wall',
        'leo',
        Topic.OBSTACLE,
    )
    assert shared.share(WALL, NILS, STAMP) is None


def test_it_can_be_taken_back(noticed: Obstacle) -> None:
    shared = done(noticed.share(WALL, NILS, STAMP))
    assert done(shared.unshare(WALL, NILS, STAMP)).shares == ()
    assert noticed.unshare(WALL, NILS, STAMP) is None


def test_its_author_does_not_share_it(noticed: Obstacle) -> None:
    with pytest.raises(NotAllowed):
        noticed.share(WALL, FIA, STAMP)


def test_under_the_teams_name_nobody_learns_who_of_the_team_shares_it() -> None:
    anonymous = wall(claim='a' * 64)
    obstacle = Obstacle.of(anonymous)
    for somebody, by, second in ((LEO, None, 0), (FIA, None, 0), (NILS, 'nils', 17)):
        _, event = obstacle.share(anonymous, somebody, ChangeStamp('an-event', NOON, somebody.id)) or (None, None)
        assert event is not None
        assert (event.by, event.at.second) == (by, second), somebody.id


# States


def test_it_is_explored_and_removed_with_a_word_on_how(noticed: Obstacle) -> None:
    explored = done(noticed.explore(WALL, STAMP))
    assert explored.explore(WALL, STAMP) is None
    removed, event = explored.remove(WALL, ' De svarade till slut ', STAMP)
    assert (removed.state, event.kind) == (ObstacleState.REMOVED, EventKind.OBSTACLE_REMOVED)
    assert [(step.state, step.words, step.by) for step in removed.steps] == [
        (ObstacleState.EXPLORED, '', 'leo'),
        (ObstacleState.REMOVED, 'De svarade till slut', 'leo'),
    ]


def test_it_is_never_closed_silently(noticed: Obstacle) -> None:
    for close in (noticed.remove, noticed.work_around):
        with pytest.raises(Invalid) as refused:
            close(WALL, '  ', STAMP)
        assert refused.value.field == 'how'


def test_it_is_raised_and_asked_about_again(noticed: Obstacle) -> None:
    obstacle = raised(noticed)
    assert obstacle.latest is not None
    assert (obstacle.latest.to, obstacle.latest.words, obstacle.ask_again_on) == ('Länsstyrelsen', 'Hjälp oss', JUNE)
    later = JUNE + timedelta(days=30)
    asked = done(obstacle.ask_again(WALL, later, STAMP))
    assert asked.latest is not None
    assert (asked.state, asked.latest.to, asked.ask_again_on) == (ObstacleState.RAISED, 'Länsstyrelsen', later)
    assert done(asked.work_around(WALL, 'Vi gick runt', STAMP)).ask_again_on is None


@pytest.mark.parametrize('day', [date(2026, 5, 4), date(2020, 1, 1), date(2036, 1, 1)])
def test_one_asks_again_on_a_day_that_is_to_come(noticed: Obstacle, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        noticed.raise_to(WALL, 'Länsstyrelsen', 'Hjälp oss', day, STAMP)
    assert refused.value.field == 'ask_again_on'


@pytest.mark.parametrize(
    ('to', 'words', 'field'),
    [('', 'Hjälp', 'to'), ('Regionen', ' ', 'words'), ('Regionen', 'x' * (LONGEST_MESSAGE + 1), 'words')],
    ids=['to nobody', 'without words', 'too long'],
)
def test_what_is_raised_has_a_receiver_and_words(noticed: Obstacle, to: str, words: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        noticed.raise_to(WALL, to, words, JUNE, STAMP)
    assert refused.value.field == field


def test_a_closed_one_can_come_back(noticed: Obstacle) -> None:
    assert noticed.come_back(WALL, STAMP) is None
    removed = done(noticed.remove(WALL, 'Borta', STAMP))
    assert done(removed.come_back(WALL, STAMP)).state is ObstacleState.EXPLORED


def test_each_step_can_be_undone(noticed: Obstacle) -> None:
    obstacle = done(raised(noticed).ask_again(WALL, JUNE + timedelta(days=9), STAMP))
    obstacle = done(obstacle.remove(WALL, 'Borta', STAMP))
    states = []
    while obstacle.steps:
        obstacle = done(obstacle.put_back(WALL, STAMP))
        states.append((obstacle.state, obstacle.ask_again_on))
    assert states == [
        (ObstacleState.RAISED, JUNE + timedelta(days=9)),
        (ObstacleState.RAISED, JUNE),
        (ObstacleState.NOTICED, None),
    ]
    with pytest.raises(Clash):
        obstacle.put_back(WALL, STAMP)


@pytest.mark.parametrize(
    'act',
    [
        lambda it: it.explore(WALL, STAMP),
        lambda it: it.remove(WALL, 'Igen', STAMP),
        lambda it: it.work_around(WALL, 'Igen', STAMP),
        lambda it: it.raise_to(WALL, 'Någon', 'Hjälp', JUNE, STAMP),
        lambda it: it.ask_again(WALL, JUNE, STAMP),
    ],
    ids=['explore', 'remove', 'work around', 'raise', 'ask again'],
)
def test_what_somebody_closed_meanwhile_is_not_changed(noticed: Obstacle, act: Callable[[Obstacle], object]) -> None:
    with pytest.raises(Refusal):
        act(done(noticed.remove(WALL, 'Borta', STAMP)))


def test_only_what_was_raised_is_asked_about_again(noticed: Obstacle) -> None:
    with pytest.raises(Clash):
        noticed.ask_again(WALL, JUNE, STAMP)


def test_a_possibility_explores_what_was_only_noticed(noticed: Obstacle) -> None:
    answered = noticed.answered(STAMP)
    assert (answered.state, answered.touched_at, len(answered.steps)) == (ObstacleState.EXPLORED, NOON, 1)
    assert raised(noticed).answered(STAMP).state is ObstacleState.RAISED
    assert done(noticed.remove(WALL, 'Borta', STAMP)).answered(STAMP).state is ObstacleState.REMOVED


def test_its_latest_steps_are_remembered(noticed: Obstacle) -> None:
    for _ in range(MOST_STEPS):
        noticed = done(done(noticed.remove(WALL, 'Borta', STAMP)).come_back(WALL, STAMP))
    assert len(noticed.steps) == MOST_STEPS


# The reminder


def test_it_rests_once_nobody_has_touched_it_for_its_period(noticed: Obstacle) -> None:
    assert not noticed.rests(NOON + PERIOD - timedelta(seconds=1), PERIOD)
    assert noticed.rests(NOON + PERIOD, PERIOD)
    later = ChangeStamp('an-event', NOON + timedelta(days=59), 'nils')
    assert not done(noticed.share(WALL, NILS, later)).rests(NOON + PERIOD, PERIOD)
    assert not done(noticed.remove(WALL, 'Borta', STAMP)).rests(NOON + 9 * PERIOD, PERIOD)


def test_one_that_was_raised_rests_from_the_day_to_ask_again(noticed: Obstacle) -> None:
    obstacle = raised(noticed)
    last_evening_here = datetime(2026, 5, 31, 21, 59, tzinfo=UTC)
    assert not obstacle.rests(last_evening_here, timedelta(days=1))
    assert obstacle.rests(last_evening_here + timedelta(minutes=1), PERIOD)


def test_a_veiled_touch_does_not_make_it_older(noticed: Obstacle) -> None:
    touched = noticed.answered(ChangeStamp('an-event', NOON + timedelta(seconds=30), 'nils'))
    assert (
        touched.answered(ChangeStamp('an-event', NOON + timedelta(seconds=30)).anonymous()).touched_at
        == touched.touched_at
    )


# Linked obstacles


def linked(*ids: str, pattern: str) -> list[Obstacle]:
    return [Obstacle.of(wall(id)).in_pattern(pattern) for id in ids]


def test_two_that_are_the_same_make_a_pattern(noticed: Obstacle) -> None:
    changed, event = link(noticed, Obstacle.of(wall('fence')), [], 'new', WALL, STAMP) or ((), None)
    assert {obstacle.id: obstacle.pattern_id for obstacle in changed} == {'wall': 'new', 'fence': 'new'}
    assert event is not None
    assert (event.kind, event.entry_id) == (EventKind.OBSTACLE_LINKED, 'wall')
    assert link(changed[0], changed[1], changed, 'newer', WALL, STAMP) is None


def test_two_patterns_become_one() -> None:
    one, more = linked('wall', 'fence', pattern='first')
    other, another = linked('gate', 'lock', pattern='second')
    changed, _ = link(one, other, [one, more, other, another], 'new', WALL, STAMP) or ((), None)
    assert {obstacle.id: obstacle.pattern_id for obstacle in changed} == dict.fromkeys(
        ('wall', 'fence', 'gate', 'lock'), 'first'
    )


def test_nothing_is_the_same_as_itself_and_a_pattern_has_an_end(noticed: Obstacle) -> None:
    with pytest.raises(Invalid):
        link(noticed, noticed, [], 'new', WALL, STAMP)
    many = linked(*(f'wall-{number}' for number in range(MOST_ALIKE)), pattern='first')
    with pytest.raises(NotAllowed):
        link(noticed, many[0], many, 'new', WALL, STAMP)


def test_one_leaves_its_pattern_and_the_last_one_is_no_pattern() -> None:
    one, other = linked('wall', 'fence', pattern='first')
    changed, event = unlink(one, [other], WALL, STAMP) or ((), None)
    assert [(obstacle.id, obstacle.pattern_id) for obstacle in changed] == [('wall', None), ('fence', None)]
    assert event is not None
    changed, _ = unlink(one, [other, *linked('gate', pattern='first')], WALL, STAMP) or ((), None)
    assert [obstacle.id for obstacle in changed] == ['wall']
    assert unlink(one.in_pattern(None), [], WALL, STAMP) is None


def test_what_was_changed_for_ever_back_and_forth_stays_as_it_is(noticed: Obstacle) -> None:
    shared = done(noticed.share(WALL, NILS, STAMP))
    removed = done(shared.remove(WALL, 'Så', STAMP)).model_copy(update={'revision': MOST_TURNS, 'pattern_id': 'one'})
    changes: tuple[Callable[[], object], ...] = (
        lambda: removed.unshare(WALL, NILS, STAMP),
        lambda: removed.put_back(WALL, STAMP),
        lambda: removed.come_back(WALL, STAMP),
        lambda: unlink(removed, (), WALL, STAMP),
    )
    for change in changes:
        with pytest.raises(NotAllowed, match='changed'):
            change()
    assert removed.share(WALL, LEO, STAMP) is not None, 'nobody can keep others from going on'
    tired = raised(noticed).model_copy(update={'revision': MOST_TURNS})
    assert done(tired.work_around(WALL, 'Så', STAMP)).state is ObstacleState.WORKED_AROUND
