"""Test cases: residents report, staff confirm and resolve."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound
from app.domain.events import Event, EventKind
from app.domain.people import Role
from app.domain.reports import Report
from app.domain.sites import AssetDraft
from app.services.people import PersonDraft
from tests.cast import Cast, send_report


def report_id(number: int) -> str:
    return f'a-phone-minted-this-{number}'


async def events(cast: Cast) -> list[EventKind]:
    """Return the kinds of all events about cases, oldest first."""
    found = await cast.services.context.store.find(Event, topic='cases')
    return [event.kind for event in sorted(found.documents, key=lambda event: event.id)]


async def test_one_tap_opens_a_case_with_a_number(cast: Cast) -> None:
    receipt = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    assert (receipt.case.number, receipt.case.state, receipt.case.reports) == ('2026-1', CaseState.REPORTED, 1)
    assert receipt.case.team_id == cast.collectors.id
    assert await events(cast) == [EventKind.CASE_REPORTED]


@pytest.mark.parametrize(
    ('moment', 'number'),
    [
        ('2026-12-31T22:59:00+00:00', '2026-1'),
        ('2026-12-31T23:00:00+00:00', '2027-1'),
        ('2026-12-31T23:30:00+00:00', '2027-1'),
        ('2027-01-01T00:30:00+00:00', '2027-1'),
        ('2027-12-31T23:30:00+00:00', '2028-1'),
    ],
)
async def test_the_year_of_a_number_begins_in_sweden(cast: Cast, moment: str, number: str) -> None:
    cast.clock.at = datetime.fromisoformat(moment)
    receipt = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    assert receipt.case.number == number


async def test_sending_the_same_again_changes_nothing_and_answers_the_same(cast: Cast) -> None:
    first = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    again = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    assert again.case.id == first.case.id
    assert again.case.reports == 1
    assert await events(cast) == [EventKind.CASE_REPORTED]


async def test_an_id_reused_with_other_content_is_a_clash(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    with pytest.raises(Clash):
        await send_report(cast.services, cast.glass.code, 'broken', report_id(1))
    with pytest.raises(Clash):
        await send_report(cast.services, cast.paper.code, 'full', report_id(1))
    with pytest.raises(Clash):
        await send_report(cast.services, cast.glass.code, 'full', report_id(1), 'with a note')
    assert await events(cast) == [EventKind.CASE_REPORTED]


async def test_a_repeat_is_a_repeat_also_after_the_note_was_reworded(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(1), 'Upp till hålet')
    await cast.services.cases.add_note(report_id(1), 'Över hålet')
    again = await send_report(cast.services, cast.glass.code, 'full', report_id(1), 'Upp till hålet')
    assert again.report.note == 'Över hålet'
    assert again.case.reports == 1


async def test_what_is_taken_away_takes_its_open_cases_along(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    seen = await send_report(cast.services, cast.glass.code, 'dangerous', report_id(2))
    await cast.services.cases.acknowledge(cast.fia, seen.case.id)
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    assert await cast.services.cases.open() == ()
    assert (await cast.services.cases.receipt(report_id(1))).case.state is CaseState.WITHDRAWN
    assert (await events(cast))[-2:] == [EventKind.CASE_WITHDRAWN] * 2


async def test_many_neighbours_at_once_make_one_case(cast: Cast) -> None:
    await asyncio.gather(*(send_report(cast.services, cast.glass.code, 'full', report_id(n)) for n in range(250)))
    (case,) = await cast.services.cases.open()
    assert (case.reports, case.state) == (250, CaseState.CONFIRMED)
    assert len((await cast.services.context.store.find(Report, case_id=case.id)).documents) == 250
    assert len(await events(cast)) == 250


async def test_different_problems_are_different_cases_with_numbers_of_their_own(cast: Cast) -> None:
    await asyncio.gather(
        send_report(cast.services, cast.glass.code, 'full', report_id(1)),
        send_report(cast.services, cast.glass.code, 'dangerous', report_id(2)),
        send_report(cast.services, cast.paper.code, 'full', report_id(3)),
    )
    assert {case.number for case in await cast.services.cases.open()} == {'2026-1', '2026-2', '2026-3'}


async def test_a_week_after_it_was_fixed_a_new_report_opens_a_new_case(cast: Cast) -> None:
    first = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    await cast.services.cases.resolve(cast.fia, first.case.id)
    cast.clock.pass_(days=7)
    second = await send_report(cast.services, cast.glass.code, 'full', report_id(2))
    assert second.case.id != first.case.id
    assert second.case.number == '2026-2'


@pytest.mark.parametrize('problem', ['no_such_problem', 'slippery', ''])
async def test_a_problem_that_is_not_offered_is_refused(cast: Cast, problem: str) -> None:
    with pytest.raises(Invalid):
        await send_report(cast.services, cast.glass.code, problem, report_id(1))
    assert await cast.services.context.store.get(Report, report_id(1)) is None


@pytest.mark.parametrize('bad', ['', 'short', 'x' * 65, 'with space in the middle', 'åäö-åäö-åäö-åäö-'])
async def test_an_id_that_could_be_guessed_or_is_odd_is_refused(cast: Cast, bad: str) -> None:
    with pytest.raises(Invalid):
        await send_report(cast.services, cast.glass.code, 'full', bad)


async def test_what_was_taken_away_can_not_be_reported(cast: Cast) -> None:
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    with pytest.raises(Gone):
        await send_report(cast.services, cast.glass.code, 'full', report_id(1))


async def test_a_sites_own_code_takes_no_report(cast: Cast) -> None:
    with pytest.raises(NotFound):
        await send_report(cast.services, cast.kransmossen.code, 'full', report_id(1))


async def test_a_replaced_sticker_still_reports(cast: Cast) -> None:
    old = cast.glass.code
    new = (await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)).code
    await send_report(cast.services, old, 'full', report_id(1))
    receipt = await send_report(cast.services, new, 'full', report_id(2))
    assert receipt.case.reports == 2


async def test_a_note_follows_and_can_be_reworded_for_a_week(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    await cast.services.cases.add_note(report_id(1), 'Upp till hålet')
    await cast.services.cases.add_note(report_id(1), 'Upp till hålet')  # a second click
    assert (await cast.services.cases.receipt(report_id(1))).report.note == 'Upp till hålet'
    assert await events(cast) == [EventKind.CASE_REPORTED, EventKind.CASE_NOTED]
    cast.clock.pass_(days=8)
    with pytest.raises(Gone):
        await cast.services.cases.add_note(report_id(1), 'Fortfarande')


async def test_fia_takes_care_and_fixes_it(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    await cast.services.cases.acknowledge(cast.fia, case.id)
    with pytest.raises(Clash):
        await cast.services.cases.acknowledge(cast.leo, case.id)
    await cast.services.cases.resolve(cast.fia, case.id)
    assert (await cast.services.cases.receipt(report_id(1))).case.state is CaseState.RESOLVED
    assert await cast.services.cases.open() == ()


async def test_who_no_longer_works_here_can_not_touch_a_case(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    gone = await cast.services.people.change(cast.alva, cast.fia.id, PersonDraft('Fia', Role.FIELD, None, active=False))
    with pytest.raises(NotAllowed):
        await cast.services.cases.resolve(gone, case.id)


async def test_two_who_press_at_once_make_one_event(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    outcomes = await asyncio.gather(
        cast.services.cases.acknowledge(cast.fia, case.id),
        cast.services.cases.acknowledge(cast.leo, case.id),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes].count(Case) == 1
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 1
    assert await events(cast) == [EventKind.CASE_REPORTED, EventKind.CASE_ACKNOWLEDGED]


async def test_cases_of_which_nobody_speaks_go_stale(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    cast.clock.pass_(days=2)
    seen = await send_report(cast.services, cast.paper.code, 'full', report_id(2))
    await cast.services.cases.acknowledge(cast.fia, seen.case.id)
    assert await cast.services.cases.close_stale() == 0
    cast.clock.pass_(days=30)
    assert await cast.services.cases.close_stale() == 1
    assert [case.asset_id for case in await cast.services.cases.open()] == [cast.paper.id]
    assert (await events(cast))[-1] is EventKind.CASE_STALE


async def test_the_kinds_problems_decide_what_is_offered(cast: Cast) -> None:
    await cast.services.sites.offer_problems(cast.alva, 'container_coloured_glass', {'smells'})
    await send_report(cast.services, cast.glass.code, 'smells', report_id(1))
    with pytest.raises(Invalid):
        await send_report(cast.services, cast.glass.code, 'full', report_id(2))
    bench = await cast.services.sites.add_asset(cast.alva, cast.kransmossen.id, AssetDraft('Bänk', 'bench'))
    await send_report(cast.services, bench.code, 'broken', report_id(3))


async def test_two_who_say_that_it_is_fine_close_the_case(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    await send_report(cast.services, cast.glass.code, 'full', report_id(2), fine=True)
    assert (await cast.services.cases.get(case.id)).is_open
    await send_report(cast.services, cast.glass.code, 'full', report_id(3), fine=True)
    closed = await cast.services.cases.get(case.id)
    assert (closed.state, closed.reports, closed.fine) == (CaseState.RESOLVED, 1, 2)
    late = await send_report(cast.services, cast.glass.code, 'full', report_id(4), fine=True)
    assert late.case == closed
    assert (await events(cast))[-2:] == [EventKind.CASE_SAID_FINE, EventKind.CASE_CLEARED]


async def test_nothing_is_fine_that_was_never_reported(cast: Cast) -> None:
    with pytest.raises(Gone):
        await send_report(cast.services, cast.glass.code, 'full', report_id(1), fine=True)


async def test_a_report_that_names_ones_own_reminds_and_confirms_nothing(cast: Cast) -> None:
    first = await send_report(cast.services, cast.glass.code, 'full', report_id(1))
    cast.clock.pass_(hours=20)
    again = await send_report(cast.services, cast.glass.code, 'full', report_id(2), again=report_id(1))
    assert (again.case.id, again.case.reports, again.case.state) == (first.case.id, 1, CaseState.REPORTED)
    assert again.case.reported_at == cast.clock.at
    for stranger in (report_id(9), 'no such report'):
        counted = await send_report(
            cast.services, cast.glass.code, 'full', f'{report_id(3)}{stranger[-1]}', again=stranger
        )
    assert counted.case.reports == 3


async def test_a_case_is_found_by_its_number(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    assert (await cast.services.cases.numbered(case.number)).id == case.id
    with pytest.raises(NotFound):
        await cast.services.cases.numbered('2026-99')


async def test_what_is_usual_is_said_once_it_is_known(cast: Cast) -> None:
    for number, hours in enumerate((2, 5, 20)):
        assert (await cast.services.public_status.asset(cast.glass.id)).troubles == ()
        case = (await send_report(cast.services, cast.glass.code, 'full', report_id(number))).case
        trouble = (await cast.services.public_status.asset(cast.glass.id)).worst
        assert trouble is not None
        assert trouble.usually is None
        cast.clock.pass_(hours=hours)
        await cast.services.cases.resolve(cast.fia, case.id)
        cast.clock.pass_(days=1)
    await send_report(cast.services, cast.glass.code, 'full', report_id(7))
    trouble = (await cast.services.public_status.asset(cast.glass.id)).worst
    assert trouble is not None
    assert trouble.usually == timedelta(hours=20)


async def test_nobody_closes_a_case_alone(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', report_id(1))).case
    fine = await send_report(cast.services, cast.glass.code, 'full', report_id(2), fine=True)
    for number, again in ((3, fine.report.id), (4, fine.report.mark)):
        await send_report(cast.services, cast.glass.code, 'full', report_id(number), fine=True, again=again)
    assert (await cast.services.cases.get(case.id)).fine == 1
    assert (await cast.services.cases.get(case.id)).is_open
