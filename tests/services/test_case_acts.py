"""Test what staff do with cases: each act once, kindly refused when it comes too late, and undone in time."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from itertools import count

import pytest

from app.domain.case_acts import CaseAct
from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Clash, Invalid, NotAllowed, NotFound, Refusal
from app.domain.events import Event, EventKind
from app.domain.notifications import NotificationReason
from app.domain.people import Person, Role
from app.domain.reports import Report
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.i18n import translator
from app.services.case_act_recorder import CaseActReceipt
from app.services.case_acts import CaseActs
from app.services.notifications import CaseNotificationDetails
from app.services.people import PersonDraft
from tests.cast import Cast, send_report, sign_in_once
from tests.sample_photos import photo

_numbers = count(1)


def new_id() -> str:
    return f'a-client-minted-{next(_numbers):08}'


async def reported(cast: Cast, problem: str = 'hard_to_reach', code: str = '', times: int = 1) -> Case:
    """Return a case that so many people have reported."""
    for _ in range(times):
        receipt = await send_report(cast.services, code or cast.glass.code, problem, new_id())
    return receipt.case


async def now(cast: Cast, case: Case) -> Case:
    return await cast.services.cases.get(case.id)


async def kinds(cast: Cast, case: Case) -> list[EventKind]:
    found = await cast.services.context.store.find(Event, case_id=case.id)
    return [event.kind for event in sorted(found.documents, key=lambda event: event.id)]


async def told(cast: Cast, person: Person) -> list[NotificationReason]:
    page = await cast.services.notifications.page(person, unseen=True)
    return [each.notice.why for each in page.notifications if isinstance(each, CaseNotificationDetails)]


def said(refused: pytest.ExceptionInfo[Refusal], language: str = 'en') -> str:
    return translator(language).refusal(refused.value)


@pytest.fixture
def acts(cast: Cast) -> CaseActs:
    return cast.services.case_acts


async def test_a_case_goes_from_hand_to_hand(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    receipt = await acts.assign(cast.leo, case.id, new_id(), person_id='fia')
    assert (receipt.case.state, receipt.case.assignee_id, receipt.case.acknowledged_by) == (
        'acknowledged',
        'fia',
        'leo',
    )
    assert await told(cast, cast.fia) == [NotificationReason.CASE_ASSIGNED]
    await acts.decline(cast.fia, case.id, new_id(), 'Jag är ledig')
    declined = await now(cast, case)
    assert (declined.assignee_id, declined.team_id, declined.state) == (None, 'collectors', CaseState.ACKNOWLEDGED)
    assert await told(cast, cast.leo) == [NotificationReason.CASE_DECLINED]
    parks = await cast.services.people.add_team(cast.alva, 'Parkerna', 'Tekniska', 'parks')
    assert (await acts.assign(cast.leo, case.id, new_id(), team_id=parks.id)).case.team_id == 'parks'
    petra = await cast.services.people.add(cast.alva, PersonDraft('Petra', Role.FIELD, 'parks'), 'petra')
    back = await acts.decline(petra, case.id, new_id(), 'Inte vår')
    assert (back.case.team_id, back.case.team_before) == ('collectors', None)
    assert await told(cast, cast.leo) == [NotificationReason.CASE_DECLINED] * 2
    assert (await kinds(cast, case))[1:] == [
        EventKind.CASE_ASSIGNED, EventKind.CASE_DECLINED, EventKind.CASE_HANDED_OVER, EventKind.CASE_DECLINED,
    ]  # fmt: skip


async def test_nobody_is_told_of_what_they_did_themselves(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    await acts.assign(cast.fia, case.id, new_id(), person_id='fia')
    await acts.decline(cast.fia, case.id, new_id(), 'Hinner inte')
    assert await told(cast, cast.fia) == []


@pytest.mark.parametrize('inactive', [True, False])
async def test_the_cases_of_whoever_leaves_are_their_teams_again(cast: Cast, acts: CaseActs, inactive: bool) -> None:
    case = await reported(cast)
    await acts.assign(cast.leo, case.id, new_id(), person_id='fia')
    if inactive:
        await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, None, active=False))
    else:
        await cast.services.account_erasure.leave(cast.fia, 'fia')
    assert ((await now(cast, case)).assignee_id, (await kinds(cast, case))[-1]) == (None, EventKind.CASE_UNASSIGNED)
    cast.clock.pass_(seconds=1)
    with pytest.raises(Invalid) as refused:
        await acts.assign(cast.leo, case.id, new_id(), person_id='fia')
    assert refused.value.field == 'person_id'
    assert await cast.services.case_upkeep.catch_up() == 0


async def test_a_repeat_gets_the_same_answer_and_other_content_none(cast: Cast, acts: CaseActs) -> None:
    case, id = await reported(cast), new_id()
    receipts = await asyncio.gather(*(acts.promise(cast.fia, case.id, id, date(2026, 5, 8)) for _ in range(5)))
    assert {receipt.act.id for receipt in receipts} == {id}
    assert (await kinds(cast, case)).count(EventKind.CASE_PROMISED) == 1
    with pytest.raises(Clash):
        await acts.promise(cast.fia, case.id, id, date(2026, 5, 9))
    with pytest.raises(Clash):
        await acts.acknowledge(cast.fia, case.id, id)
    assert (await now(cast, case)).promised_for == date(2026, 5, 8)


async def test_a_double_tap_with_two_ids_is_one_act(cast: Cast, acts: CaseActs) -> None:
    case, second = await reported(cast), new_id()
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(milliseconds=700)
    for _ in range(2):
        assert (await acts.close(cast.fia, case.id, second, Outcome.FIXED)).act.id == second
        cast.clock.pass_(seconds=5)
    assert (await kinds(cast, case)).count(EventKind.CASE_RESOLVED) == 1


async def test_who_acts_second_is_told_what_the_first_did(cast: Cast, acts: CaseActs) -> None:
    case, late = await reported(cast), new_id()
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED, 'Bytte locket')
    cast.clock.pass_(minutes=40)
    for _ in range(2):  # the second time its answer was lost
        with pytest.raises(Clash) as refused:
            await acts.close(cast.leo, case.id, late, Outcome.CANNOT, 'Delen finns inte')
        assert said(refused) == 'Fia Fält had fixed this already (14:00).'
        assert said(refused, 'sv') == 'Det här var redan åtgärdat av Fia Fält (14:00).'
    kept = await cast.services.context.store.get(CaseAct, late)
    assert kept is not None
    assert (kept.content.words, bool(kept.met), kept.is_done) == ('Delen finns inte', True, False)
    assert (await now(cast, case)).outcome is Outcome.FIXED
    assert 'Delen finns inte' in [step.words for step in await cast.services.case_timeline.of(await now(cast, case))]
    cast.clock.pass_(days=3)
    with pytest.raises(Clash) as refused:
        await acts.acknowledge(cast.leo, case.id, new_id())
    assert said(refused) == 'Fia Fält had fixed this already (4 May 2026).'


async def test_whoever_takes_what_another_has_just_taken_is_told(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    outcomes = await asyncio.gather(
        *(acts.assign(person, case.id, new_id(), person_id=person.id) for person in (cast.fia, cast.leo)),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ['CaseActReceipt', 'Clash']
    seen = (await now(cast, case)).revision
    taken = await acts.assign(cast.alva, case.id, new_id(), person_id='alva', seen=seen)
    assert taken.case.assignee_id == 'alva'
    with pytest.raises(Clash) as refused:
        await acts.promise(cast.leo, case.id, new_id(), date(2026, 5, 8), seen=seen)
    assert said(refused) == 'Alva Admin has had this since 14:00.'


@pytest.mark.parametrize(
    ('day', 'is_right'),
    [('2026-05-03', False), ('2026-05-04', True), ('2028-05-04', True), ('2028-06-01', False), ('0001-01-01', False)],
)
async def test_a_promise_is_for_a_day_that_can_be_kept(cast: Cast, acts: CaseActs, day: str, is_right: bool) -> None:
    case = await reported(cast)
    if is_right:
        await acts.promise(cast.fia, case.id, new_id(), date.fromisoformat(day))
        assert (await now(cast, case)).state is CaseState.ACKNOWLEDGED
        return
    with pytest.raises(Invalid) as refused:
        await acts.promise(cast.fia, case.id, new_id(), date.fromisoformat(day))
    assert refused.value.field == 'day'


@pytest.mark.parametrize('outcome', Outcome)
async def test_only_what_is_fixed_counts_as_fixed(cast: Cast, acts: CaseActs, outcome: Outcome) -> None:
    case, other = await reported(cast), await reported(cast, 'dangerous')
    closed = await acts.close(
        cast.fia, case.id, new_id(), outcome, 'Trafikverket', duplicate_of=other.id if outcome == 'duplicate' else None
    )
    is_fixed = outcome is Outcome.FIXED
    assert closed.case.state is (CaseState.RESOLVED if is_fixed else CaseState.CLOSED)
    assert (closed.case.ended_as, closed.case.took is not None, closed.case.closed_by) == (outcome, is_fixed, 'fia')
    status = await cast.services.public_status.asset(cast.glass.id)
    assert (len(status.resolved), len(status.troubles)) == (int(is_fixed), 1)


@pytest.mark.parametrize('outcome', [Outcome.NOT_OURS, Outcome.CANNOT, Outcome.DUPLICATE])
async def test_an_outcome_that_needs_a_why_gets_one(cast: Cast, acts: CaseActs, outcome: Outcome) -> None:
    case = await reported(cast)
    with pytest.raises(Invalid) as refused:
        await acts.close(cast.fia, case.id, new_id(), outcome, '  ')
    assert refused.value.field == ('duplicate_of' if outcome is Outcome.DUPLICATE else 'words')
    assert (await now(cast, case)).is_open


async def test_a_paused_case_waits_and_neither_goes_stale_nor_is_cleared(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    await acts.pause(cast.fia, case.id, new_id(), PauseReason.PART, 'Lock beställt')
    with pytest.raises(Invalid) as refused:
        await acts.pause(cast.fia, case.id, new_id(), PauseReason.OTHERS)
    assert refused.value.field == 'reason'
    for _ in range(3):
        await send_report(cast.services, cast.glass.code, 'hard_to_reach', new_id(), fine=True)
    cast.clock.pass_(days=400)
    assert await cast.services.cases.close_stale() == 0
    assert (await now(cast, case)).state is CaseState.PAUSED
    resumed = (await acts.resume(cast.leo, case.id, new_id())).case
    assert (resumed.state, resumed.pause, len(resumed.pauses)) == (CaseState.ACKNOWLEDGED, None, 1)
    assert resumed.pauses[0].until - resumed.pauses[0].since == timedelta(days=400)


async def an_obstacle(cast: Cast, claim: str = '') -> str:
    content = Content(kind=EntryKind.OBSTACLE, text='Bilen är trasig')
    return (await cast.services.entries.log(cast.fia, new_id(), content, claim)).id


@pytest.mark.parametrize('how', ['remove', 'work_around'])
async def test_a_case_wakes_with_the_obstacle_that_it_waits_for(cast: Cast, acts: CaseActs, how: str) -> None:
    obstacle, case, other = await an_obstacle(cast), await reported(cast), await reported(cast, 'dangerous')
    for one in (case, other):
        await acts.pause(cast.fia, one.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)
    assert await acts.held_by(obstacle) == 2
    await getattr(cast.services.obstacles, how)(cast.leo, obstacle, 'Ny bil')
    assert await acts.held_by(obstacle) == 0
    for one in (case, other):
        assert (await now(cast, one)).state is CaseState.ACKNOWLEDGED
        assert (await kinds(cast, one))[-1] is EventKind.CASE_WOKEN
    cast.clock.pass_(seconds=1)
    with pytest.raises(Invalid):
        await acts.pause(cast.fia, case.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)


async def test_a_case_wakes_later_if_its_obstacle_was_withdrawn(cast: Cast, acts: CaseActs) -> None:
    obstacle, case = await an_obstacle(cast), await reported(cast)
    await acts.pause(cast.fia, case.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)
    assert await cast.services.case_upkeep.catch_up() == 0
    await cast.services.entries.withdraw(cast.fia, obstacle)
    assert [await cast.services.case_upkeep.catch_up() for _ in range(2)] == [1, 0]
    assert (await kinds(cast, case)).count(EventKind.CASE_WOKEN) == 1


async def test_no_pause_tells_who_noted_an_obstacle_under_the_teams_name(cast: Cast, acts: CaseActs) -> None:
    for number in range(3):
        await cast.services.people.add(cast.alva, PersonDraft('En till', Role.FIELD, 'collectors'), f'more-{number}')
    await sign_in_once(cast.services, 'leo', 'fia', *(f'more-{number}' for number in range(3)))
    obstacle, case = await an_obstacle(cast, 'a-claim-of-32-letters-0123456789'), await reported(cast)
    cast.clock.pass_(minutes=2)
    with pytest.raises(Invalid) as refused:
        await acts.pause(cast.fia, case.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)
    assert refused.value.field == 'obstacle_id'
    cast.clock.pass_(days=1)
    await acts.pause(cast.fia, case.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)


@pytest.mark.parametrize('obstacle', ['no-such-obstacle-there', ''])
async def test_an_obstacle_that_is_none_pauses_nothing(cast: Cast, acts: CaseActs, obstacle: str) -> None:
    case = await reported(cast)
    with pytest.raises(Invalid) as refused:
        await acts.pause(cast.fia, case.id, new_id(), PauseReason.OBSTACLE, obstacle_id=obstacle)
    assert refused.value.field == 'obstacle_id'


async def test_what_was_fixed_and_is_still_so_opens_by_itself(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    await acts.assign(cast.fia, case.id, new_id(), person_id='fia')
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(hours=23)
    again = await reported(cast)
    assert (again.id, again.reports, again.state, again.assignee_id) == (case.id, 2, CaseState.CONFIRMED, None)
    assert (again.reopenings, again.reopened_soon, again.outcome, again.closed_at) == (1, 1, None, None)
    assert await told(cast, cast.fia) == [NotificationReason.CASE_STILL_SO]
    assert (await kinds(cast, case))[-1] is EventKind.CASE_STILL_SO
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(days=6)
    again = await reported(cast)
    assert (again.id, again.reopenings, again.reopened_soon) == (case.id, 2, 1)
    await acts.close(cast.fia, case.id, new_id(), Outcome.NOTHING_FOUND)
    assert (await reported(cast)).id != case.id


async def test_what_was_emptied_fills_up_again(cast: Cast, acts: CaseActs) -> None:
    first = new_id()
    case = (await send_report(cast.services, cast.glass.code, 'full', first)).case
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(days=2)
    still_so = await send_report(cast.services, cast.glass.code, 'full', new_id(), again=first)
    assert (still_so.case.id, still_so.case.reports) == (case.id, 1)
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(days=2)
    assert (await reported(cast, 'full')).id != case.id


@pytest.mark.parametrize('outcome', [Outcome.FIXED, Outcome.NOT_OURS])
async def test_anybody_opens_a_closed_case_again(cast: Cast, acts: CaseActs, outcome: Outcome) -> None:
    case = await reported(cast)
    await acts.close(cast.fia, case.id, new_id(), outcome, 'Hyresvärdens')
    cast.clock.pass_(days=90)
    opened = (await acts.reopen(cast.leo, case.id, new_id(), 'Det var vår ändå')).case
    assert (opened.state, opened.outcome, opened.outcome_words) == (CaseState.REPORTED, None, '')
    assert (opened.reopenings, opened.reopened_soon) == (1, 0)
    assert await cast.services.cases.close_stale() == 0
    assert (await reported(cast)).id == case.id
    with pytest.raises(Clash):
        await acts.reopen(cast.fia, case.id, new_id())


async def test_a_case_that_was_reported_anew_stays_closed(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(days=8)
    newer = await reported(cast)
    with pytest.raises(Clash) as refused:
        await acts.reopen(cast.leo, case.id, new_id())
    assert newer.number in said(refused)
    await acts.close(cast.fia, newer.id, new_id(), Outcome.CANNOT, 'Rivs')
    await acts.reopen(cast.leo, case.id, new_id())
    assert (await reported(cast)).id == case.id


async def test_a_duplicate_counts_in_both_and_can_be_taken_out_at_any_time(cast: Cast, acts: CaseActs) -> None:
    case, other = await reported(cast, times=2), await reported(cast, code=cast.paper.code, times=3)
    merging = await acts.merge(cast.fia, case.id, new_id(), other.id)
    assert (merging.case.state, merging.case.merged_into) == (CaseState.CLOSED, other.id)
    assert (await now(cast, other)).reports == 5
    late = await send_report(cast.services, cast.glass.code, 'hard_to_reach', new_id(), 'Locket')
    assert (late.case.id, late.case.reports, late.report.case_id) == (other.id, 6, case.id)
    assert len(await cast.services.case_timeline.reports(await now(cast, other))) == 6
    cast.clock.pass_(days=30)
    await acts.undo(cast.leo, case.id, new_id(), merging.act.id)
    opened = await now(cast, case)
    assert (opened.state, opened.reports, opened.outcome) == (CaseState.CONFIRMED, 3, None)
    assert (await now(cast, other)).reports == 3
    assert (await kinds(cast, case))[-1] is EventKind.CASE_UNMERGED
    assert len(await cast.services.case_timeline.reports(opened)) == 3


async def test_merging_follows_duplicates_and_refuses_circles(cast: Cast, acts: CaseActs) -> None:
    one, two, three = [await reported(cast, problem) for problem in ('hard_to_reach', 'dangerous', 'litter_around')]
    with pytest.raises(Invalid):
        await acts.merge(cast.fia, one.id, new_id(), one.id)
    await acts.merge(cast.fia, one.id, new_id(), two.id)
    with pytest.raises(Invalid):
        await acts.merge(cast.fia, two.id, new_id(), one.id)
    await acts.merge(cast.fia, two.id, new_id(), three.id)
    assert (await reported(cast, 'hard_to_reach')).id == three.id
    assert [(await now(cast, case)).reports for case in (one, two, three)] == [2, 3, 4]
    four = await reported(cast, 'something_else')
    await acts.merge(cast.fia, four.id, new_id(), one.id)
    assert (await now(cast, four)).merged_into == three.id
    with pytest.raises(Invalid) as refused:
        await acts.merge(cast.fia, three.id, new_id(), (await a_case_elsewhere(cast)).id)
    assert refused.value.field == 'into_id'
    for missing in ('', 'no-such-case'):
        with pytest.raises(Invalid):
            await acts.merge(cast.fia, three.id, new_id(), missing)


async def a_case_elsewhere(cast: Cast) -> Case:
    site = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.OTHER))
    bench = await cast.services.sites.add_asset(cast.alva, site.id, AssetDraft('Bänk', 'bench'))
    return await reported(cast, code=bench.code)


async def test_a_split_makes_a_case_that_can_go_back(cast: Cast, acts: CaseActs) -> None:
    ids = [new_id() for _ in range(4)]
    for id in ids:
        case = (await send_report(cast.services, cast.glass.code, 'hard_to_reach', id)).case
    reminder = await send_report(cast.services, cast.glass.code, 'hard_to_reach', new_id(), again=ids[2])
    splitting = await acts.split(cast.fia, case.id, new_id(), ids[2:3])
    new = await cast.services.cases.get(splitting.act.made_id or '')
    assert (new.reports, new.state, new.split_from, new.number) == (1, CaseState.REPORTED, case.id, '2026-2')
    assert (await now(cast, case)).reports == 3
    assert {report.id for report in await cast.services.case_timeline.reports(new)} == {ids[2], reminder.report.id}
    assert (await cast.services.cases.receipt(ids[2])).case.id == new.id
    assert (await cast.services.context.store.get(Report, ids[2]) or reminder.report).case_id == case.id
    cast.clock.pass_(days=30)
    await acts.undo(cast.leo, case.id, new_id(), splitting.act.id)
    assert [(await now(cast, one)).reports for one in (case, new)] == [4, 1]
    assert (await now(cast, new)).merged_into == case.id
    assert len(await cast.services.case_timeline.reports(await now(cast, case))) == 5
    cast.clock.pass_(seconds=1)
    with pytest.raises(Clash):
        await acts.undo(cast.leo, case.id, new_id(), splitting.act.id)


async def test_no_undo_leaves_a_circle_or_ends_in_a_closed_case(cast: Cast, acts: CaseActs) -> None:
    ids = [new_id() for _ in range(2)]
    for id in ids:
        case = (await send_report(cast.services, cast.glass.code, 'hard_to_reach', id)).case
    splitting = await acts.split(cast.fia, case.id, new_id(), ids[:1])
    new_case = await cast.services.cases.get(splitting.act.made_id or '')
    merging = await acts.merge(cast.fia, case.id, new_id(), new_case.id)
    for seen_from in (case, new_case):
        with pytest.raises(Clash):
            await acts.undo(cast.fia, seen_from.id, new_id(), splitting.act.id)
    assert [(await now(cast, one)).is_open for one in (case, new_case)] == [False, True]
    await acts.undo(cast.fia, case.id, new_id(), merging.act.id)
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    with pytest.raises(Clash):
        await acts.undo(cast.fia, new_case.id, new_id(), splitting.act.id)
    assert (await now(cast, new_case)).is_open


async def test_no_undo_of_a_reopening_merges_in_a_circle(cast: Cast, acts: CaseActs) -> None:
    one, other = await reported(cast), await reported(cast, 'dangerous')
    await acts.merge(cast.fia, one.id, new_id(), other.id)
    reopening = await acts.reopen(cast.fia, one.id, new_id())
    await acts.merge(cast.leo, other.id, new_id(), one.id)
    with pytest.raises(Clash):
        await acts.undo(cast.fia, one.id, new_id(), reopening.act.id)
    assert (await now(cast, one)).is_open


async def test_no_undo_of_a_reopening_ends_new_reports(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast, times=2)
    await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED)
    cast.clock.pass_(seconds=10)
    reopening = await acts.reopen(cast.fia, case.id, new_id())
    cast.clock.pass_(seconds=10)
    assert (await reported(cast)).id == case.id
    with pytest.raises(Clash):
        await acts.undo(cast.fia, case.id, new_id(), reopening.act.id)
    opened = await now(cast, case)
    assert (opened.is_open, opened.reports) == (True, 3)


async def test_a_split_leaves_somebody_on_both_sides(cast: Cast, acts: CaseActs) -> None:
    ids = [new_id() for _ in range(2)]
    for id in ids:
        case = (await send_report(cast.services, cast.glass.code, 'hard_to_reach', id)).case
    stranger = await send_report(cast.services, cast.paper.code, 'hard_to_reach', new_id())
    for chosen in ([], ids, [stranger.report.id], ['no-such-report']):
        with pytest.raises(Invalid) as refused:
            await acts.split(cast.fia, case.id, new_id(), chosen)
        assert refused.value.field == 'report_ids'


async def test_notes_are_for_colleagues_and_tell_whom_they_mention(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    receipt = await acts.note(cast.fia, case.id, new_id(), 'Nyckeln ligger hos @Leo Ledare')
    assert await told(cast, cast.leo) == [NotificationReason.MENTIONED]
    (step, *_) = await cast.services.case_timeline.of(case)
    assert step.words == 'Nyckeln ligger hos @Leo Ledare'
    assert (await kinds(cast, case))[-1] is EventKind.CASE_STAFF_NOTED
    await acts.undo(cast.fia, case.id, new_id(), receipt.act.id)
    assert await told(cast, cast.leo) == []
    assert 'Nyckeln' not in str(await cast.services.case_timeline.of(case))
    with pytest.raises(Invalid):
        await acts.note(cast.fia, case.id, new_id(), ' ')


async def done(cast: Cast, act: str, case: Case) -> CaseActReceipt:
    """Do one act as Fia, after what makes it possible."""
    acts, id = cast.services.case_acts, new_id()
    match act:
        case 'acknowledge':
            return await acts.acknowledge(cast.fia, case.id, id)
        case 'assign':
            return await acts.assign(cast.fia, case.id, id, person_id='leo')
        case 'promise':
            return await acts.promise(cast.fia, case.id, id, date(2026, 5, 8))
        case 'pause':
            return await acts.pause(cast.fia, case.id, id, PauseReason.PART, 'Lock')
        case 'resume':
            await acts.pause(cast.leo, case.id, new_id(), PauseReason.PART)
            return await acts.resume(cast.fia, case.id, id)
        case 'close':
            return await acts.close(cast.fia, case.id, id, Outcome.CANNOT, 'Går inte')
        case 'reopen':
            await acts.close(cast.leo, case.id, new_id(), Outcome.FIXED)
            return await acts.reopen(cast.fia, case.id, id)
    raise ValueError(act)


@pytest.mark.parametrize('act', ['acknowledge', 'assign', 'promise', 'pause', 'resume', 'close', 'reopen'])
async def test_everything_can_be_undone_by_whoever_did_it(cast: Cast, acts: CaseActs, act: str) -> None:
    case = await reported(cast)
    receipt = await done(cast, act, case)
    before = {**receipt.act.before}
    with pytest.raises(NotAllowed):
        await acts.undo(cast.leo, case.id, new_id(), receipt.act.id)
    if act not in ('close', 'reopen'):
        await reported(cast)  # a resident doesn't stop it
    cast.clock.pass_(minutes=9)
    undo = new_id()
    for _ in range(2):
        undone = (await acts.undo(cast.fia, case.id, undo, receipt.act.id)).case
    assert {name: undone.model_dump(mode='json').get(name) for name in before if before[name]} == {
        name: value for name, value in before.items() if value
    }
    assert undone.state == (before.get('state') or case.state)
    cast.clock.pass_(seconds=1)
    with pytest.raises(Clash):
        await acts.undo(cast.fia, case.id, new_id(), receipt.act.id)


async def test_an_undo_comes_in_time_and_before_others(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    receipt = await acts.acknowledge(cast.fia, case.id, new_id())
    await acts.promise(cast.leo, case.id, new_id(), date(2026, 5, 8))
    with pytest.raises(Clash) as refused:
        await acts.undo(cast.fia, case.id, new_id(), receipt.act.id)
    assert said(refused) == 'Leo Ledare had promised a day already (14:00).'
    late = await acts.pause(cast.fia, case.id, new_id(), PauseReason.PART)
    cast.clock.pass_(minutes=10)
    with pytest.raises(Clash):
        await acts.undo(cast.fia, case.id, new_id(), late.act.id)
    with pytest.raises(NotFound):
        await acts.undo(cast.fia, case.id, new_id(), 'no-such-act-anywhere')
    assert (await now(cast, case)).state is CaseState.PAUSED


async def test_a_photo_shows_how_it_is_now(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    closing = await acts.close(cast.fia, case.id, new_id(), Outcome.FIXED, public=True)
    for _ in range(2):
        shown = (await acts.add_outcome_photo(cast.fia, closing.act.id, photo())).case
    assert shown.outcome_photo
    assert await cast.services.photo(shown.outcome_photo)
    assert (await kinds(cast, case)).count(EventKind.CASE_OUTCOME_PHOTOGRAPHED) == 1
    with pytest.raises(NotAllowed):
        await acts.add_outcome_photo(cast.leo, closing.act.id, photo())
    await acts.reopen(cast.leo, case.id, new_id())
    with pytest.raises(Refusal):
        await acts.add_outcome_photo(cast.fia, closing.act.id, photo())


async def test_similar_cases_of_the_same_place_are_suggested(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    far, near = await reported(cast, 'litter_around', cast.paper.code), await reported(cast, 'something_else')
    assert [one.id for one in await acts.similar(case)] == [near.id, far.id]


async def test_strangers_to_haren_and_those_who_left_do_nothing(cast: Cast, acts: CaseActs) -> None:
    case = await reported(cast)
    gone = await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, None, active=False))
    with pytest.raises(NotAllowed):
        await acts.acknowledge(gone, case.id, new_id())
    with pytest.raises(NotFound):
        await acts.acknowledge(cast.leo, 'no-such-case', new_id())
    with pytest.raises(Invalid):
        await acts.acknowledge(cast.leo, case.id, 'short')


async def test_an_old_case_without_an_outcome_is_fixed(cast: Cast) -> None:
    case = (await reported(cast)).model_copy(update={'state': CaseState.RESOLVED})
    assert case.ended_as is Outcome.FIXED
