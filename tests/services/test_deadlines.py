"""Test which cases are late: in the municipality's hours, by problem and kind of thing, without their pauses."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain import case_handling
from app.domain.case_pauses import PauseReason
from app.domain.cases import Case
from app.domain.deadlines import Deadline
from app.domain.errors import Clash, Invalid, NotAllowed
from app.domain.events import Event, EventKind
from app.domain.local_dates import ZONE
from app.domain.periods import Periods, typed_periods
from app.domain.sites import AssetDraft
from app.domain.typed_hours import shown_days, shown_openings, typed_days, typed_openings, typed_time, typed_week
from app.domain.working_hours import WEEKDAYS, WorkingHours
from app.i18n import translator
from app.wording.deadlines import due_words, late_reason, late_words
from tests.cast import Cast, send_report

ENGLISH = translator('en')
TUESDAY = datetime(2026, 6, 16, 9, 0, tzinfo=ZONE)
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)


async def reported(cast: Cast, at: datetime = TUESDAY) -> Case:
    """Return a case about a full container: to be seen within 4 and done within 18 working hours."""
    cast.clock.at = at
    return (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this')).case


async def change(cast: Cast, problem: str, kind: str | None, seen: int | None, done: int | None) -> None:
    periods = Periods(seen_hours=seen, done_hours=done)
    await cast.services.problem_periods.change(cast.leo, problem, kind, periods)


async def test_first_it_is_late_to_be_seen_then_to_be_done(cast: Cast) -> None:
    case, rules = await reported(cast), await cast.services.deadlines.rules()
    early = rules.of(case, TUESDAY)
    assert (early.which, early.late_hours, early.due) == (None, None, TUESDAY + timedelta(hours=4))
    assert (late_words(early, ENGLISH), due_words(early, TUESDAY, ENGLISH)) == ('', 'to be seen by 13:00')
    assert rules.of(case, TUESDAY + timedelta(hours=4)).which is None
    seen_late = rules.of(case, WEDNESDAY)
    assert (seen_late.which, seen_late.late_hours) == (Deadline.SEEN, 5)  # 13 to 16, and 7 to 9
    assert late_words(seen_late, ENGLISH) == '5 hours late'
    assert late_reason(seen_late, WEDNESDAY, ENGLISH).startswith('It should have been seen by Tuesday 13:00.')
    case, _ = case_handling.acknowledge(case, cast.services.context.stamp(cast.fia))
    assert rules.of(case.as_saved(), WEDNESDAY).which is None
    done_late = rules.of(case.as_saved(), THURSDAY + timedelta(minutes=30))
    assert (done_late.which, done_late.late_since) == (Deadline.DONE, THURSDAY)
    assert late_words(done_late, ENGLISH) == 'Less than an hour late'
    assert done_late.late_hours == 0.5


async def test_its_words_change_at_a_time_that_is_known(cast: Cast) -> None:
    case, rules = await reported(cast), await cast.services.deadlines.rules()
    late = TUESDAY + timedelta(hours=6, minutes=30)  # 15.30, two and a half hours late
    assert rules.next_change(case, TUESDAY) == TUESDAY + timedelta(hours=4)
    assert rules.next_change(case, late) == TUESDAY + timedelta(hours=7)
    assert rules.next_change(case, TUESDAY + timedelta(hours=8)) == WEDNESDAY - timedelta(hours=1)


async def test_a_paused_case_stands_still(cast: Cast) -> None:
    case, rules = await reported(cast), await cast.services.deadlines.rules()
    cast.clock.pass_(hours=2)
    case, _ = case_handling.pause(case, PauseReason.PART, 'A lid', None, cast.services.context.stamp(cast.fia))
    paused = rules.of(case.as_saved(), TUESDAY + timedelta(days=60))
    assert (paused.which, paused.due, paused.is_stopped) == (None, None, True)
    assert rules.next_change(case.as_saved(), cast.clock.at) is None
    cast.clock.at = TUESDAY + timedelta(days=21)  # Tuesday 7 July, at nine
    case, _ = case_handling.resume(case, cast.services.context.stamp(cast.fia))
    resumed = rules.of(case.as_saved().as_saved(), cast.clock.at)
    assert resumed.due == datetime(2026, 7, 8, 16, 0, tzinfo=ZONE)  # 16 of its 18 hours are left


async def test_one_that_was_late_when_it_was_paused_is_not_later(cast: Cast) -> None:
    case, rules = await reported(cast), await cast.services.deadlines.rules()
    cast.clock.at = THURSDAY + timedelta(hours=2)
    case, _ = case_handling.pause(case, PauseReason.PART, 'A lid', None, cast.services.context.stamp(cast.fia))
    late = rules.of(case.as_saved(), THURSDAY + timedelta(days=60))
    assert (late.which, late.late_hours) == (Deadline.DONE, 2)
    cast.clock.at = THURSDAY + timedelta(days=4, hours=1)  # Monday at ten
    case, _ = case_handling.resume(case.as_saved(), cast.services.context.stamp(cast.fia))
    again = case.as_saved()
    assert rules.of(again, cast.clock.at).late_hours == 2
    assert rules.of(again, cast.clock.at + timedelta(hours=1.5)).late_hours == 3.5
    assert rules.next_change(again, cast.clock.at) == cast.clock.at + timedelta(hours=1)


async def test_a_closed_case_is_not_late(cast: Cast) -> None:
    case = await reported(cast)
    cast.clock.at = THURSDAY + timedelta(days=1)
    case = await cast.services.cases.resolve(cast.fia, case.id)
    closed = await cast.services.deadlines.of(case)
    assert (closed.which, closed.late_hours, closed.due) == (None, None, None)
    assert closed.done_by == THURSDAY


async def test_leads_set_periods_for_a_problem_and_for_a_kind_of_thing(cast: Cast) -> None:
    case = await reported(cast)
    assert (await cast.services.deadlines.of(case)).done_by == THURSDAY
    await change(cast, 'full', None, 2, 3)
    assert (await cast.services.deadlines.of(case)).done_by == TUESDAY + timedelta(hours=3)
    await change(cast, 'full', 'container_coloured_glass', None, 5)
    of_glass = await cast.services.deadlines.of(case)
    assert (of_glass.seen_by, of_glass.done_by) == (None, TUESDAY + timedelta(hours=5))
    draft = AssetDraft(cast.glass.name, 'container_metal')
    await cast.services.sites.change_asset(cast.alva, cast.glass.id, draft)
    assert (await cast.services.deadlines.of(case)).done_by == TUESDAY + timedelta(hours=3)
    await cast.services.problem_periods.change(cast.leo, 'full', None, None)
    assert (await cast.services.deadlines.of(case)).done_by == THURSDAY
    kinds = [event.kind for event in (await cast.services.context.store.find(Event, limit=1)).documents]
    assert kinds == [EventKind.PERIODS_CHANGED]


async def test_a_swing_has_periods_of_its_own_from_the_start(cast: Cast) -> None:
    rules = await cast.services.deadlines.rules()
    assert rules.periods('broken', 'swing') == Periods(seen_hours=4, done_hours=27)
    assert rules.periods('broken', 'bench') == Periods(seen_hours=9, done_hours=90)
    assert rules.periods('a problem of long ago') == Periods()


async def test_an_administrator_closes_days_and_shortens_others(cast: Cast) -> None:
    case = await reported(cast)
    closed, half = typed_days('2026-06-17 Kick-off', 'closed'), typed_days('2026-06-18', 'half')
    await cast.services.working_hours.change(cast.alva, WorkingHours(closed=closed, half=half, half_until=12 * 60))
    due = (await cast.services.deadlines.of(case)).done_by
    assert due == datetime(2026, 6, 22, 13, 0, tzinfo=ZONE)  # Tuesday 7 h, Thursday 5 h, Friday is Midsummer Eve


async def test_rules_that_are_read_while_they_change_are_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines, calendar = cast.services.deadlines, cast.services.working_hours.calendar

    async def slow(hours: WorkingHours) -> object:
        read = await calendar(hours)
        monkeypatch.undo()
        await cast.services.working_hours.change(cast.alva, WorkingHours(week=((),) * 6 + (typed_openings('8-9', ''),)))
        return read

    monkeypatch.setattr(cast.services.working_hours, 'calendar', slow)
    case = await reported(cast)
    await deadlines.of(case)
    assert (await deadlines.of(case)).seen_by == datetime(2026, 7, 12, 9, 0, tzinfo=ZONE)  # an hour each Sunday


async def test_an_erasure_makes_no_new_rules(cast: Cast) -> None:
    case, rules = await reported(cast), await cast.services.deadlines.rules()
    await cast.services.context.store.erase(case)
    assert await cast.services.deadlines.rules() is rules
    await change(cast, 'full', None, 2, 3)
    assert await cast.services.deadlines.rules() is not rules
    kept = await cast.services.problem_periods.get('full')
    await cast.services.context.store.erase(kept)
    assert (await cast.services.deadlines.rules()).periods('full') == Periods(seen_hours=4, done_hours=18)


async def test_who_may_change_what(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        await cast.services.working_hours.change(cast.leo, WorkingHours())
    with pytest.raises(NotAllowed):
        await cast.services.problem_periods.change(cast.fia, 'full', None, Periods())
    for problem, kind in (('nonsense', None), ('full', 'nonsense')):
        with pytest.raises(Invalid):
            await cast.services.problem_periods.change(cast.leo, problem, kind, Periods())


async def test_two_at_once_are_told(cast: Cast) -> None:
    await change(cast, 'full', None, 2, 3)
    with pytest.raises(Clash):
        await cast.services.problem_periods.change(cast.leo, 'full', None, Periods(), seen=0)
    await cast.services.working_hours.change(cast.alva, WorkingHours(), seen=0)
    with pytest.raises(Clash):
        await cast.services.working_hours.change(cast.alva, WorkingHours(), seen=0)


@pytest.mark.parametrize(
    ('typed', 'shown'),
    [
        ('7-16', '07.00–16.00'),
        (' 07:00 – 12:00 , 13.30—16 ', '07.00–12.00, 13.30–16.00'),
        ('0-24', '00.00–24.00'),
        ('', ''),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, shown: str) -> None:
    assert shown_openings(typed_openings(typed, 'monday')) == shown
    assert shown_openings(typed_openings(shown, 'monday')) == shown


@pytest.mark.parametrize('typed', ['7', '7-25', '16-7', '7-7', '7-12, 11-16', '7.75-16', 'closed', '7-16,', '9' * 300])
def test_hours_that_no_clock_has_are_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        typed_openings(typed, 'monday')
    assert refused.value.field == 'monday'


def test_a_week_without_any_hour_is_refused() -> None:
    with pytest.raises(Invalid):
        typed_week(dict.fromkeys(WEEKDAYS, ''))


def test_days_are_read_line_by_line() -> None:
    days = typed_days('\n2026-12-28 – 2026-12-30 Julstängt\n 2026-06-05\n', 'closed')
    assert shown_days(days) == '2026-06-05\n2026-12-28 – 2026-12-30 Julstängt'
    for wrong in ('28 december', '2026-02-30', '2026-12-30 – 2026-12-28', '2026-01-01 – 2027-06-01'):
        with pytest.raises(Invalid, match='Line 2'):
            typed_days(f'2026-06-05\n{wrong}', 'closed')
    with pytest.raises(Invalid):
        typed_days('2026-06-05\n' * 101, 'closed')


def test_times_and_periods_that_can_not_be_are_refused() -> None:
    assert typed_time('12', 'half_until') == typed_time('12.00', 'half_until') == 720
    for wrong in ('', '25', '0', 'noon', '12.61'):
        with pytest.raises(Invalid):
            typed_time(wrong, 'half_until')
    assert typed_periods(' 4 ', '') == Periods(seen_hours=4)
    for seen, done, field in (('0', '', 'seen'), ('', '2001', 'done'), ('four', '', 'seen'), ('9', '4', 'done')):
        with pytest.raises(Invalid) as refused:
            typed_periods(seen, done)
        assert refused.value.field == field
