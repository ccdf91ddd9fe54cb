"""Test the intake of reports from people and from machines, and the lead's work on those that were held back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound, NotNow
from app.domain.events import Event, EventKind
from app.domain.quarantine import Flood, HeldReport, HoldReason
from app.domain.reports import MOST_NOTES, Report
from app.services import quarantine
from app.services.cases import Receipt
from app.services.container import Services
from app.services.quarantine import FloodDetails
from app.services.report_intake import HeldReceipt, IncomingReport, IntakeResult
from app.services.spam_filter import Sender
from tests.cast import Cast, send_report

MACHINE = Sender('4:cb0071', trap='https://spam.example')


async def rut_reports(cast: Cast) -> IntakeResult:
    """Report from a page that was opened a moment ago."""
    stamp = await cast.services.report_intake.stamp()
    cast.clock.pass_(seconds=4)
    report = IncomingReport.read(f'{stamp}-full', cast.glass.code, 'full')
    return await cast.services.report_intake.receive(report, Sender('4:c00002', stamp))


async def a_machine_reports(cast: Cast, number: int = 1, code: str = '', note: str = '') -> IntakeResult:
    report = IncomingReport.read(f'a-machine-minted-{number}', code or cast.glass.code, 'full', note)
    return await cast.services.report_intake.receive(report, MACHINE)


def bare(answer: IntakeResult) -> Report:
    """Return the report without what a person wrote."""
    return answer.report.model_copy(update={'note': '', 'photo': None})


async def only_flood(cast: Cast) -> FloodDetails:
    (flood,) = await cast.services.quarantine.floods()
    return flood


async def kinds(cast: Cast) -> list[EventKind]:
    """Return the kinds of all events about cases and floods, oldest first."""
    events = [event for event in await cast.services.context.find_all(Event) if event.case_id or event.flood_id]
    return [event.kind for event in reversed(events)]


async def test_rut_is_counted(cast: Cast) -> None:
    answer = await rut_reports(cast)
    assert isinstance(answer, Receipt)
    assert answer.case.state is CaseState.REPORTED
    assert await cast.services.quarantine.floods() == ()


async def test_what_a_machine_sends_waits_and_counts_for_nothing(cast: Cast) -> None:
    answer = await a_machine_reports(cast)
    assert isinstance(answer, HeldReceipt)
    assert await cast.services.cases.open() == ()
    flood = await only_flood(cast)
    assert (flood.held, [group.waiting for group in flood.groups]) == (1, [1])
    assert flood.groups[0].reasons == {HoldReason.TRAP: 1}
    assert await kinds(cast) == [EventKind.REPORTS_HELD]


async def test_a_repeat_answers_the_same_and_another_content_clashes(cast: Cast) -> None:
    first = await a_machine_reports(cast)
    assert await a_machine_reports(cast) == first
    assert (await only_flood(cast)).held == 1
    with pytest.raises(Clash):
        await a_machine_reports(cast, note='another')
    with pytest.raises(Clash):
        await a_machine_reports(cast, code=cast.paper.code)


async def test_what_was_counted_once_is_never_held_later(cast: Cast) -> None:
    report = IncomingReport.read('a-phone-minted-this-1', cast.glass.code, 'full')
    await cast.services.report_intake.receive(report, None)
    again = await cast.services.report_intake.receive(report, MACHINE)
    assert isinstance(again, Receipt)
    assert again.case.reports == 1


async def test_staff_are_not_judged(cast: Cast) -> None:
    for number in range(40):
        report = IncomingReport.read(f'a-phone-minted-this-{number}', cast.glass.code, 'full')
        assert isinstance(await cast.services.report_intake.receive(report, None), Receipt)


async def test_who_asks_for_nonsense_is_refused_and_not_held(cast: Cast) -> None:
    with pytest.raises(Invalid):
        await cast.services.report_intake.receive(IncomingReport.read('short', cast.glass.code, 'full'), MACHINE)
    with pytest.raises(Invalid):
        await cast.services.report_intake.receive(
            IncomingReport.read('a-machine-minted-1', cast.glass.code, 'on_fire'), MACHINE
        )
    with pytest.raises(NotFound):
        await cast.services.report_intake.receive(IncomingReport.read('a-machine-minted-1', '000000', 'full'), MACHINE)
    assert await cast.services.context.find_all(HeldReport) == ()


async def test_a_note_to_a_held_report_is_kept_with_it(cast: Cast) -> None:
    await a_machine_reports(cast)
    answer = await cast.services.report_intake.add_note('a-machine-minted-1', ' Faktiskt full ')
    assert (answer.report.note, isinstance(answer, HeldReceipt)) == ('Faktiskt full', True)
    assert (await cast.services.report_intake.receipt('a-machine-minted-1')).report.note == 'Faktiskt full'
    cast.clock.pass_(days=8)
    with pytest.raises(Gone):
        await cast.services.report_intake.add_note('a-machine-minted-1', 'för sent')


async def test_leo_lets_one_through_and_it_counts_from_when_it_came(cast: Cast) -> None:
    for number in range(3):
        await a_machine_reports(cast, number)
        cast.clock.pass_(minutes=1)
    cast.clock.pass_(hours=2)
    group = (await only_flood(cast)).groups[0].group
    assert await cast.services.quarantine.release(cast.leo, group, {'a-machine-minted-1'}) == 1
    (case,) = await cast.services.cases.open()
    assert (case.reports, case.opened_at) == (1, (await cast.services.cases.receipt('a-machine-minted-1')).report.at)
    assert (await only_flood(cast)).groups[0].waiting == 2
    assert await cast.services.quarantine.release(cast.leo, group) == 2
    assert (await cast.services.cases.get(case.id)).reports == 3
    assert await cast.services.quarantine.floods() == ()
    event_kinds = await kinds(cast)
    assert event_kinds.count(EventKind.REPORTS_RELEASED) == 2
    assert isinstance(await a_machine_reports(cast, 1), Receipt)  # the same report again gets the same answer


async def test_leo_discards_the_rest_and_nobody_can_tell(cast: Cast) -> None:
    before = await a_machine_reports(cast, note='Köp nu')
    group = (await only_flood(cast)).groups[0].group
    assert await cast.services.quarantine.discard(cast.leo, group) == 1
    assert await cast.services.report_intake.receipt('a-machine-minted-1') == replace(before, report=bare(before))
    assert await a_machine_reports(cast, note='Köp nu') == replace(before, report=bare(before))
    assert await cast.services.cases.open() == ()
    with pytest.raises(Clash):
        await cast.services.quarantine.release(cast.leo, group)


async def test_leo_discards_one_and_the_rest_waits(cast: Cast) -> None:
    for number in range(3):
        await a_machine_reports(cast, number)
    group = (await only_flood(cast)).groups[0].group
    assert await cast.services.quarantine.discard(cast.leo, group, {'a-machine-minted-1'}) == 1
    assert [held.id for held in (await only_flood(cast)).groups[0].newest] == [
        'a-machine-minted-2',
        'a-machine-minted-0',
    ]
    assert (await kinds(cast)).count(EventKind.REPORTS_DISCARDED) == 1
    assert await cast.services.quarantine.release(cast.leo, group) == 2
    (case,) = await cast.services.cases.open()
    assert case.reports == 2
    with pytest.raises(Clash):
        await cast.services.quarantine.discard(cast.leo, group, {'a-machine-minted-1'})


async def test_fia_may_not_decide(cast: Cast) -> None:
    await a_machine_reports(cast)
    group = (await only_flood(cast)).groups[0].group
    for decide in (cast.services.quarantine.release, cast.services.quarantine.discard):
        with pytest.raises(NotAllowed):
            await decide(cast.fia, group)
        with pytest.raises(NotAllowed):
            await decide(cast.fia, group, {'a-machine-minted-1'})


async def test_two_leads_decide_at_once_and_each_report_is_decided_once(cast: Cast) -> None:
    for number in range(20):
        await a_machine_reports(cast, number)
    group = (await only_flood(cast)).groups[0].group
    decided = await asyncio.gather(
        cast.services.quarantine.release(cast.leo, group),
        cast.services.quarantine.discard(cast.alva, group),
        return_exceptions=True,
    )
    assert sum(count for count in decided if isinstance(count, int)) == 20
    counted = len(await cast.services.context.find_all(Report))
    reports = [case.reports for case in await cast.services.context.find_all(Case)]
    assert sum(reports) == counted


async def test_that_it_is_fine_of_what_was_never_reported_is_let_through_to_nothing(cast: Cast) -> None:
    report = IncomingReport.read('a-machine-minted-1', cast.glass.code, 'full', fine=True)
    await cast.services.report_intake.receive(report, MACHINE)
    with pytest.raises(Gone):
        await cast.services.quarantine.release(cast.leo, (await only_flood(cast)).groups[0].group)
    assert await cast.services.context.find_all(Report) == ()
    assert await cast.services.quarantine.floods() == ()


async def test_a_pause_ends_a_flood_and_thousands_at_once_begin_one(cast: Cast) -> None:
    await asyncio.gather(*(a_machine_reports(cast, number) for number in range(200)))
    assert len(await cast.services.context.find_all(Flood)) == 1
    for minutes in (29, 29):
        cast.clock.pass_(minutes=minutes)
        await a_machine_reports(cast, 1000 + cast.clock.at.minute)
    assert len(await cast.services.context.find_all(Flood)) == 1
    cast.clock.pass_(minutes=30)
    await a_machine_reports(cast, 2000)
    newest, oldest = await cast.services.quarantine.floods()
    assert (newest.held, oldest.held) == (1, 202)


async def test_a_flood_does_not_fill_the_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, 'MOST_HELD', 3)
    for number in range(3):
        await a_machine_reports(cast, number)
    with pytest.raises(NotNow):
        await a_machine_reports(cast, 3)
    assert isinstance(await rut_reports(cast), Receipt)


async def test_what_nobody_looked_at_goes_after_its_time(cast: Cast) -> None:
    await a_machine_reports(cast, 1)
    cast.clock.pass_(days=29)
    await a_machine_reports(cast, 2)
    assert await cast.services.quarantine_cleanup.erase_expired() == 0
    cast.clock.pass_(days=1)
    assert await cast.services.quarantine_cleanup.erase_expired() == 1
    assert [held.id for held in await cast.services.context.find_all(HeldReport)] == ['a-machine-minted-2']
    assert len(await cast.services.quarantine.floods()) == 1


async def test_open_pages_outlive_a_restart(cast: Cast) -> None:
    stamp = await cast.services.report_intake.stamp()
    after = Services.create(cast.services.context, cast.services.base)
    cast.clock.pass_(seconds=4)
    for number in range(10):
        report = IncomingReport.read(f'a-phone-minted-this-{number}', cast.glass.code, 'full')
        assert isinstance(await after.report_intake.receive(report, Sender('4:c00002', stamp)), Receipt)


async def test_two_taps_at_once_are_one_held_report(cast: Cast) -> None:
    answers = await asyncio.gather(*(a_machine_reports(cast) for _ in range(20)))
    assert len({answer.report.id for answer in answers}) == 1
    assert (await only_flood(cast)).held == 1


async def test_an_id_that_was_held_and_counted_at_once_counts_once_and_blocks_nothing(cast: Cast) -> None:
    report = IncomingReport.read('a-machine-minted-1', cast.glass.code, 'full')
    await asyncio.gather(
        cast.services.report_intake.receive(report, None), *(a_machine_reports(cast, number) for number in range(4))
    )
    assert isinstance(await cast.services.report_intake.receipt('a-machine-minted-1'), Receipt)
    (group,) = (await only_flood(cast)).groups
    assert await cast.services.quarantine.release(cast.leo, group.group) == group.waiting
    (case,) = await cast.services.cases.open()
    assert case.reports == 4


async def test_a_report_that_was_held_for_long_turns_no_time_back(cast: Cast) -> None:
    await a_machine_reports(cast)
    cast.clock.pass_(hours=60)
    now = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    await cast.services.quarantine.release(cast.leo, (await only_flood(cast)).groups[0].group)
    case = await cast.services.cases.get(now.id)
    assert (case.reports, case.reported_at) == (2, now.reported_at)


async def test_what_is_over_is_discarded_and_the_lead_learns_it(cast: Cast) -> None:
    await a_machine_reports(cast)
    cast.clock.pass_(hours=72)
    group = (await only_flood(cast)).groups[0].group
    with pytest.raises(Gone):
        await cast.services.quarantine.release(cast.leo, group)
    assert await cast.services.quarantine.floods() == ()
    assert await cast.services.context.find_all(Case) == ()


async def test_of_what_was_taken_away_nothing_is_let_through(cast: Cast) -> None:
    await a_machine_reports(cast)
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    with pytest.raises(Gone):
        await cast.services.quarantine.release(cast.leo, (await only_flood(cast)).groups[0].group)
    assert await cast.services.cases.open() == ()


async def test_an_old_word_that_it_is_fine_closes_no_newer_case(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    for number in range(2):
        report = IncomingReport.read(f'a-machine-says-fine-{number}', cast.glass.code, 'full', fine=True)
        await cast.services.report_intake.receive(report, MACHINE)
    cast.clock.pass_(hours=3)
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-2')
    with pytest.raises(Gone):
        await cast.services.quarantine.release(cast.leo, (await only_flood(cast)).groups[0].group)
    assert len(await cast.services.cases.open()) == 1


async def test_fine_and_full_are_looked_at_apart(cast: Cast) -> None:
    await a_machine_reports(cast)
    await cast.services.report_intake.receive(
        IncomingReport.read('a-machine-minted-2', cast.glass.code, 'full', fine=True), MACHINE
    )
    assert {group.group.fine for group in (await only_flood(cast)).groups} == {True, False}


async def test_no_copy_stays_in_the_quarantine(cast: Cast) -> None:
    await a_machine_reports(cast, note='Ring 070-123 45 67')
    await cast.services.quarantine.release(cast.leo, (await only_flood(cast)).groups[0].group)
    assert '070-123' not in str(await cast.services.context.find_all(HeldReport))
    assert (await cast.services.cases.receipt('a-machine-minted-1')).report.note == 'Ring 070-123 45 67'


async def test_one_id_can_not_fill_the_feed_with_notes(cast: Cast) -> None:
    await rut_reports(cast)
    (report,) = await cast.services.context.find_all(Report)
    for number in range(MOST_NOTES):
        await cast.services.report_intake.add_note(report.id, f'Ord nummer {number}')
    with pytest.raises(NotAllowed):
        await cast.services.report_intake.add_note(report.id, 'Ett till')
    rows = (await cast.services.feed.page(limit=100)).documents
    assert [event.kind for event in rows].count(EventKind.CASE_NOTED) == 1


async def test_while_many_wait_long_notes_are_asked_to_come_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, 'MANY_HELD', 2)
    for number in range(2):
        await a_machine_reports(cast, number, note='å' * 2000)
    with pytest.raises(NotNow):
        await a_machine_reports(cast, 3, note='å' * 2000)
    assert isinstance(await a_machine_reports(cast, 4, note='kort'), HeldReceipt)
    for text in ('å' * 2000, 'å' * 201, 'kort' + ' ' * 10 + 'å' * 300):
        with pytest.raises(NotNow):  # added afterwards, it takes as much room
            await cast.services.report_intake.add_note('a-machine-minted-4', text)
    answer = await cast.services.report_intake.add_note('a-machine-minted-4', 'kort, men annat')
    assert answer.report.note == 'kort, men annat'


async def test_a_held_report_names_the_case_that_is_open(cast: Cast) -> None:
    assert (await a_machine_reports(cast, 1)).case is None
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    answer = await a_machine_reports(cast, 2)
    assert answer.case is not None
    assert (answer.case.number, answer.case.reports) == (case.number, 1)
