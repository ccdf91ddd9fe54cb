"""Test that residents take back what they have reported by mistake, and what then becomes of the case."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.errors import Gone, NotFound
from app.domain.events import Event, EventKind, Showing
from app.domain.quarantine import HeldReport, HeldState
from app.domain.reports import Report
from app.services.report_intake import HeldReceipt, IncomingReport
from app.services.spam_filter import Sender
from tests.cast import Cast, send_report
from tests.sample_photos import photo

RUT, ROLF, RITA = 'a-phone-minted-rut', 'a-phone-minted-rolf', 'a-phone-minted-rita'


async def full(cast: Cast, id: str, again: str = '') -> Case:
    cast.clock.pass_(seconds=5)
    return (await send_report(cast.services, cast.glass.code, 'full', id, again=again)).case


async def fine(cast: Cast, id: str) -> Case:
    cast.clock.pass_(seconds=5)
    return (await send_report(cast.services, cast.glass.code, 'full', id, fine=True)).case


async def undo(cast: Cast, id: str) -> Case:
    """Take a report back; return its case as it is then."""
    cast.clock.pass_(seconds=5)
    receipt = await cast.services.report_intake.take_back(id)
    assert receipt.report.withdrawn_at is not None
    assert receipt.case
    return receipt.case


async def kinds(cast: Cast, case: Case) -> list[EventKind]:
    events = [event for event in await cast.services.context.find_all(Event) if event.case_id == case.id]
    return [event.kind for event in reversed(events)]


async def test_the_only_report_takes_its_case_along(cast: Cast) -> None:
    case = await full(cast, RUT)
    gone = await undo(cast, RUT)
    assert (gone.state, gone.reports, gone.closed_at) == (CaseState.WITHDRAWN, 0, cast.clock())
    assert await kinds(cast, case) == [EventKind.CASE_REPORTED, EventKind.CASE_TAKEN_BACK]
    assert await cast.services.cases.open() == ()
    anew = await full(cast, ROLF)
    assert anew.number != case.number


async def test_once_more_changes_nothing_however_many_at_once(cast: Cast) -> None:
    case = await full(cast, RUT)
    await full(cast, ROLF)
    taken = [cast.services.report_intake.take_back(RUT) for _ in range(5)]
    assert len({receipt.report.withdrawn_at for receipt in await asyncio.gather(*taken)}) == 1
    assert (await undo(cast, RUT)).reports == 1
    assert (await kinds(cast, case)).count(EventKind.CASE_REPORT_TAKEN_BACK) == 1


async def test_of_several_reports_only_one_is_taken_back(cast: Cast) -> None:
    first = await full(cast, RUT)
    assert (await full(cast, ROLF)).state is CaseState.CONFIRMED
    left = await undo(cast, ROLF)
    assert (left.state, left.reports, left.reported_at) == (CaseState.REPORTED, 1, first.reported_at)
    newest = (await cast.services.context.find_all(Event))[0]
    assert (newest.kind, newest.showing, newest.count) == (EventKind.CASE_REPORT_TAKEN_BACK, Showing.FOLDED, 1)


async def test_what_staff_have_taken_on_stays_theirs(cast: Cast) -> None:
    case = await full(cast, RUT)
    await cast.services.cases.acknowledge(cast.fia, case.id)
    left = await undo(cast, RUT)
    assert (left.state, left.reports) == (CaseState.ACKNOWLEDGED, 0)


async def test_a_reminder_does_not_count_unless_it_is_all_that_is_left(cast: Cast) -> None:
    await full(cast, RUT)
    assert (await full(cast, ROLF, again=RUT)).reports == 1
    assert (await undo(cast, ROLF)).reports == 1
    await full(cast, RITA, again=RUT)
    left = await undo(cast, RUT)
    assert (left.reports, left.state) == (1, CaseState.REPORTED)
    assert (await undo(cast, RITA)).state is CaseState.WITHDRAWN


async def test_it_is_taken_out_of_a_merged_case_and_of_the_one_above(cast: Cast) -> None:
    first, acts = await full(cast, RUT), cast.services.case_acts
    await full(cast, ROLF)
    other = (await send_report(cast.services, cast.glass.code, 'litter_around', 'a-phone-minted-litter')).case
    await acts.merge(cast.fia, first.id, 'an-act-minted-merge', other.id)
    assert (await cast.services.cases.get(other.id)).reports == 3
    above = await undo(cast, ROLF)
    assert (above.id, above.reports, above.state) == (other.id, 2, CaseState.CONFIRMED)
    assert (await cast.services.cases.get(first.id)).reports == 1
    assert ROLF not in [report.id for report in await cast.services.case_timeline.reports(above)]
    await acts.undo(cast.fia, first.id, 'an-act-minted-undo', 'an-act-minted-merge')
    assert [(await cast.services.cases.get(id)).reports for id in (first.id, other.id)] == [1, 1]


async def test_still_so_taken_back_counts_one_less_and_stays_open(cast: Cast) -> None:
    case = await full(cast, RUT)
    await cast.services.cases.resolve(cast.fia, case.id)
    reopened = await full(cast, ROLF)
    assert (reopened.id, reopened.reports) == (case.id, 2)
    left = await undo(cast, ROLF)
    assert (left.state, left.reports) == (CaseState.REPORTED, 1)


async def test_whoever_took_theirs_back_may_report_again_and_counts(cast: Cast) -> None:
    await full(cast, ROLF)
    await full(cast, RUT)
    await undo(cast, RUT)
    again = await full(cast, RITA, again=RUT)
    assert (again.reports, again.state) == (2, CaseState.CONFIRMED)


async def test_fine_now_is_taken_back_and_opens_what_it_closed(cast: Cast) -> None:
    await full(cast, RUT)
    assert (await fine(cast, ROLF)).fine == 1
    assert (await undo(cast, ROLF)).fine == 0
    await fine(cast, 'a-phone-minted-rolf-2')
    closed = await fine(cast, RITA)
    assert (closed.state, closed.cleared) == (CaseState.RESOLVED, True)
    left = await undo(cast, RITA)
    assert (left.state, left.cleared, left.fine, left.closed_at) == (CaseState.REPORTED, False, 1, None)
    assert (await kinds(cast, left))[-1] is EventKind.CASE_STILL_SO


async def test_fine_now_stays_closed_where_it_was_reported_anew(cast: Cast) -> None:
    await full(cast, RUT)
    await fine(cast, ROLF)
    closed = await fine(cast, RITA)
    await full(cast, 'a-phone-minted-rut-2')
    assert (await undo(cast, RITA)).state is closed.state


async def test_words_and_photo_go_with_it_and_none_come_after(cast: Cast) -> None:
    await full(cast, RUT)
    await cast.services.report_intake.add_note(RUT, 'Locket hänger')
    await cast.services.report_intake.add_photo(RUT, photo())
    case = await undo(cast, RUT)
    report = await cast.services.context.store.get(Report, RUT)
    assert report is not None
    assert (report.note, report.photo) == ('', None)
    assert await cast.services.cases.photos(case.id) == ()
    for late in (
        cast.services.report_intake.add_note(RUT, 'Eller?'),
        cast.services.report_intake.expect_photo(RUT, '4:c00002'),
    ):
        with pytest.raises(Gone):
            await late
    repeated = await send_report(cast.services, cast.glass.code, 'full', RUT)
    assert repeated.report.withdrawn_at is not None


async def test_a_held_report_waits_no_longer(cast: Cast) -> None:
    report = IncomingReport.read(RUT, cast.glass.code, 'full', 'Köp billigt')
    await cast.services.report_intake.receive(report, Sender('4:cb0071', trap='x'))
    receipt = await cast.services.report_intake.take_back(RUT)
    assert isinstance(receipt, HeldReceipt)
    assert receipt.report.withdrawn_at is not None
    assert await cast.services.quarantine.floods() == ()
    held = await cast.services.context.store.get(HeldReport, RUT)
    assert held is not None
    assert (held.state, held.report.note) == (HeldState.WITHDRAWN, '')
    again = await cast.services.report_intake.take_back(RUT)
    assert again.report == receipt.report


async def test_a_report_of_yesterday_and_one_that_never_came(cast: Cast) -> None:
    await full(cast, RUT)
    cast.clock.pass_(hours=25)
    with pytest.raises(Gone):
        await cast.services.report_intake.take_back(RUT)
    with pytest.raises(NotFound):
        await cast.services.report_intake.take_back(ROLF)
