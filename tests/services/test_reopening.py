"""Test that a press which was not meant changes nothing, and that closing a case can be undone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.errors import Clash, Invalid, NotAllowed, NotFound
from app.domain.events import Event, EventKind
from app.domain.people import Role
from app.services.people import PersonDraft
from tests.cast import Cast, send_report

ID = 'a-phone-minted-this-{}'


async def closed(cast: Cast, *, acknowledged: bool = True) -> Case:
    """Return a case that Fia has just closed."""
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    cast.clock.pass_(hours=3)
    if acknowledged:
        await cast.services.cases.acknowledge(cast.fia, case.id)
        cast.clock.pass_(hours=1)
    return await cast.services.cases.resolve(cast.fia, case.id)


async def kinds(cast: Cast) -> list[EventKind]:
    found = await cast.services.context.store.find(Event, topic='cases')
    return [event.kind for event in reversed(found.documents)]


async def test_a_confirmed_case_is_confirmed_again(cast: Cast) -> None:
    case = await closed(cast, acknowledged=False)
    await cast.services.cases.reopen(cast.fia, case.id)
    for number in range(2, 40):
        await send_report(cast.services, cast.glass.code, 'full', ID.format(number))
    for _ in range(2):
        await cast.services.cases.resolve(cast.fia, case.id)
        assert (await cast.services.cases.reopen(cast.fia, case.id)).state is CaseState.CONFIRMED


@pytest.mark.parametrize('acknowledged', [True, False])
@pytest.mark.parametrize('after', [{'milliseconds': 900}, {'seconds': 10}, {'minutes': 9, 'seconds': 59}])
async def test_whoever_closed_it_opens_it_again(cast: Cast, acknowledged: bool, after: dict[str, Any]) -> None:
    case = await closed(cast, acknowledged=acknowledged)
    cast.clock.pass_(**after)
    reopened = await cast.services.cases.reopen(cast.fia, case.id)
    assert reopened.state is (CaseState.ACKNOWLEDGED if acknowledged else CaseState.REPORTED)
    assert [one.id for one in await cast.services.cases.open()] == [case.id]
    assert (await kinds(cast))[-2:] == [EventKind.CASE_RESOLVED, EventKind.CASE_REOPENED]
    later = await send_report(cast.services, cast.glass.code, 'full', ID.format(2))
    assert (later.case.id, later.case.reports) == (case.id, 2)


async def test_nobody_else_does_and_not_for_ever(cast: Cast) -> None:
    case = await closed(cast)
    for other in (cast.leo, cast.alva):
        with pytest.raises(NotAllowed):
            await cast.services.cases.reopen(other, case.id)
    cast.clock.pass_(minutes=10)
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)
    with pytest.raises(NotFound):
        await cast.services.cases.reopen(cast.fia, 'no-such-case')
    assert not (await cast.services.cases.get(case.id)).is_open


async def test_whoever_no_longer_works_here_undoes_nothing(cast: Cast) -> None:
    case = await closed(cast)
    gone = await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, None, active=False))
    with pytest.raises(NotAllowed):
        await cast.services.cases.reopen(gone, case.id)


async def test_only_what_staff_have_resolved_can_be_undone(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)
    for number in (2, 3):
        await send_report(cast.services, cast.glass.code, 'full', ID.format(number), fine=True)
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)


async def test_a_clock_that_was_set_back_allows_nothing(cast: Cast) -> None:
    case = await closed(cast)
    cast.clock.pass_(hours=-1)
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)


async def test_a_problem_never_has_two_open_cases(cast: Cast) -> None:
    case = await closed(cast)
    await send_report(cast.services, cast.glass.code, 'full', ID.format(2))
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)
    assert len(await cast.services.cases.open()) == 1


async def test_reports_and_an_undo_at_once_make_one_open_case(cast: Cast) -> None:
    case = await closed(cast)
    await asyncio.gather(
        *(send_report(cast.services, cast.glass.code, 'full', ID.format(number)) for number in range(2, 12)),
        cast.services.cases.reopen(cast.fia, case.id),
        *(send_report(cast.services, cast.glass.code, 'full', ID.format(number)) for number in range(12, 22)),
        return_exceptions=True,
    )
    assert len(await cast.services.cases.open()) == 1


async def test_what_was_taken_away_stays_closed(cast: Cast) -> None:
    case = await closed(cast)
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    with pytest.raises(Clash):
        await cast.services.cases.reopen(cast.fia, case.id)


async def test_pressed_twice_it_is_undone_once(cast: Cast) -> None:
    case = await closed(cast)
    done = await asyncio.gather(
        *(cast.services.cases.reopen(cast.fia, case.id) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, Case) for one in done) == 1
    assert (await kinds(cast)).count(EventKind.CASE_REOPENED) == 1


async def test_the_time_until_it_was_fixed_counts_once_and_to_the_end(cast: Cast) -> None:
    case = await closed(cast)
    await cast.services.cases.reopen(cast.fia, case.id)
    status = await cast.services.public_status.asset(cast.glass.id)
    assert (status.resolved, status.resolved_at) == ((), None)
    cast.clock.pass_(hours=20)
    fixed = await cast.services.cases.resolve(cast.leo, case.id)
    assert str(fixed.took) == '1 day, 0:00:00'
    assert len((await cast.services.public_status.asset(cast.glass.id)).resolved) == 1
    with pytest.raises(NotAllowed):  # Leo has closed it now
        await cast.services.cases.reopen(cast.fia, case.id)


PRESSES = [
    ('acknowledge', 'resolve', CaseState.ACKNOWLEDGED),
    ('acknowledge', 'acknowledge', CaseState.ACKNOWLEDGED),
    ('resolve', 'reopen', CaseState.RESOLVED),
    ('resolve', 'resolve', CaseState.RESOLVED),
]


@pytest.mark.parametrize('apart', [0, 30, 120, 300, 500, 799])
@pytest.mark.parametrize(('first', 'second', 'state'), PRESSES)
async def test_a_second_press_changes_nothing(
    cast: Cast, first: str, second: str, state: CaseState, apart: int
) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    await cast.services.cases.press(cast.fia, case.id, first)
    cast.clock.pass_(milliseconds=apart)
    await send_report(cast.services, cast.glass.code, 'dangerous', ID.format(2))
    assert (await cast.services.cases.press(cast.fia, case.id, second)).state is state
    assert (await cast.services.cases.get(case.id)).state is state


@pytest.mark.parametrize('meanwhile', [True, False])
async def test_also_when_somebody_has_reported_in_between(cast: Cast, meanwhile: bool) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    await cast.services.cases.press(cast.fia, case.id, 'acknowledge')
    cast.clock.pass_(milliseconds=200)
    if meanwhile:
        await send_report(cast.services, cast.glass.code, 'full', ID.format(2))
    cast.clock.pass_(milliseconds=200)
    assert (await cast.services.cases.press(cast.fia, case.id, 'resolve')).state is CaseState.ACKNOWLEDGED


async def test_two_presses_that_are_meant_are_two(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    await cast.services.cases.press(cast.fia, case.id, 'acknowledge')
    assert (await cast.services.cases.press(cast.leo, case.id, 'resolve')).state is CaseState.RESOLVED
    cast.clock.pass_(milliseconds=800)
    assert (await cast.services.cases.press(cast.leo, case.id, 'reopen')).state is CaseState.ACKNOWLEDGED
    cast.clock.pass_(milliseconds=800)
    assert (await cast.services.cases.press(cast.fia, case.id, 'resolve')).state is CaseState.RESOLVED


@pytest.mark.parametrize('act', ['', 'reject', '__init__', 'erase'])
async def test_a_button_that_is_none_does_nothing(cast: Cast, act: str) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', ID.format(1))).case
    with pytest.raises(Invalid):
        await cast.services.cases.press(cast.fia, case.id, act)
