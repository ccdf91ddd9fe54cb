"""Test what happens while a phone's clock or the server's is wrong: nothing is lost, hidden or ended for good."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.audit import AuditRecord
from app.domain.entries import Entry
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Clash, Invalid, NotAllowed
from app.domain.events import Event, EventKind
from app.domain.form_stamps import ReadStamp
from app.domain.people import Role
from app.domain.quarantine import HeldReport, HoldReason
from app.domain.reports import ReportInput
from app.domain.sites import AssetDraft
from app.domain.sweeps import SweepKind
from app.services.background_tasks import warn_of_clock
from app.services.container import Services
from app.services.people import PersonDraft
from app.services.report_intake import IncomingReport
from app.services.spam_filter import RateLimits, Sender, SpamFilter
from tests.cast import NOON, Cast, Clock, create_cast, create_test_services, sign_in_once

A_YEAR = timedelta(days=365)
WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt')
WALL = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar')
CLAIM = 'A' * 22
ID = 'a-phone-minted-this-1'


def id_of(number: int) -> str:
    return f'a-phone-minted-{number:04}'


async def report(cast: Cast, number: int, problem: str = 'full') -> None:
    """Open a case about a new asset."""
    asset = await cast.services.sites.add_asset(
        cast.alva, cast.kransmossen.id, AssetDraft(f'Glas {number}', cast.glass.kind)
    )
    await cast.services.cases.add_report(id_of(number), asset, ReportInput.read(problem, '', False, ''))


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Return a cast whose team is large enough for entries under its name."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


# Sweeps


@pytest.mark.parametrize('ahead', [A_YEAR, 10 * A_YEAR])
async def test_a_start_with_a_clock_that_is_ahead_closes_no_case(cast: Cast, ahead: timedelta) -> None:
    for number in range(31):
        await report(cast, number)
    cast.clock.at += ahead
    assert await cast.services.cases.close_stale() == 0
    (asked,) = await cast.services.sweeps.waiting(cast.leo)
    assert (asked.kind, asked.waiting) == (SweepKind.STALE_CASES, 31)
    assert await cast.services.cases.close_stale() == 0
    assert await kinds(cast, EventKind.SWEEP_STOPPED) == 1, 'it is asked once'
    cast.clock.at -= ahead
    assert await cast.services.cases.close_stale() == 0
    assert await cast.services.sweeps.waiting(cast.leo) == ()
    assert len(await cast.services.cases.open()) == 31


async def test_a_lead_who_says_that_the_clock_is_right_lets_them_end(cast: Cast) -> None:
    for number in range(31):
        await report(cast, number)
    cast.clock.pass_(days=60)
    await cast.services.cases.close_stale()
    with pytest.raises(NotAllowed):
        await cast.services.sweeps.allow(cast.fia, SweepKind.STALE_CASES)
    await cast.services.sweeps.allow(cast.leo, SweepKind.STALE_CASES)
    with pytest.raises(Clash):
        await cast.services.sweeps.allow(cast.leo, SweepKind.STALE_CASES)
    assert await cast.services.cases.close_stale() == 31
    assert await cast.services.cases.open() == ()
    assert await cast.services.sweeps.waiting(cast.leo) == ()


async def test_as_many_as_on_other_days_and_twice_as_many_end_without_asking(cast: Cast) -> None:
    number = 0
    for each_day in (5, 10, 20):
        for _ in range(each_day):
            number += 1
            await report(cast, number)
        cast.clock.pass_(days=60)
        assert await cast.services.cases.close_stale() == each_day
    for _ in range(41):
        number += 1
        await report(cast, number)
    cast.clock.pass_(days=60)
    assert await cast.services.cases.close_stale() == 0


async def test_a_clock_that_is_ahead_erases_no_held_report_that_waits(cast: Cast) -> None:
    for number in range(12):
        report = IncomingReport.read(id_of(number), cast.glass.code, 'full')
        await cast.services.report_intake.receive(report, Sender('4:c00002', trap='https://spam.example'))
    cast.clock.at += A_YEAR
    assert await cast.services.quarantine_cleanup.erase_expired() == 0
    assert len(await cast.services.context.find_all(HeldReport)) == 12
    (asked,) = await cast.services.sweeps.waiting(cast.leo)
    await cast.services.sweeps.allow(cast.leo, asked.kind)
    assert await cast.services.quarantine_cleanup.erase_expired() == 12


async def test_a_clock_that_is_ahead_erases_no_audit_log(cast: Cast) -> None:
    for number in range(12):
        await cast.services.people.add(cast.alva, PersonDraft(f'Nya {number}', Role.FIELD))
    kept = len(await cast.services.context.find_all(AuditRecord))
    cast.clock.at += 3 * A_YEAR
    assert await cast.services.audit_log.erase_expired() == 0
    assert await cast.services.sweeps.waiting(cast.leo) == ()
    (asked,) = await cast.services.sweeps.waiting(cast.alva)
    with pytest.raises(NotAllowed):
        await cast.services.sweeps.allow(cast.leo, asked.kind)
    await cast.services.sweeps.allow(cast.alva, asked.kind)
    assert await cast.services.audit_log.erase_expired() == kept > 10


async def kinds(cast: Cast, kind: EventKind) -> int:
    return sum(event.kind is kind for event in await cast.services.context.find_all(Event))


# What is shown


@pytest.mark.parametrize('back', [timedelta(minutes=2), timedelta(hours=1), A_YEAR])
@pytest.mark.parametrize('claim', ['', CLAIM], ids=['named', 'team'])
async def test_what_was_logged_while_the_clock_was_ahead_is_shown_at_once(
    cast: Cast, back: timedelta, claim: str
) -> None:
    await cast.services.entries.log(cast.fia, ID, WALL, claim)
    cast.clock.at -= back
    reader = await cast.services.reader(cast.leo)
    assert (await cast.services.entries.get(reader, ID)).id == ID
    page = await cast.services.feed.readable_page(reader)
    assert ID in [story.event.entry_id for story in page.stories]


@pytest.mark.parametrize('seconds', [5, 30, 59])
async def test_a_small_step_back_hides_nothing_that_has_a_name(cast: Cast, seconds: int) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'text': 'Fråga @Leo Ledare'}))
    cast.clock.at -= timedelta(seconds=seconds)
    reader = await cast.services.reader(cast.leo)
    assert (await cast.services.entries.get(reader, ID)).id == ID
    assert len((await cast.services.notifications.page(cast.leo, unseen=True)).notifications) == 1


# What phones say


@pytest.mark.parametrize(
    'said', [NOON + timedelta(minutes=11), NOON + A_YEAR, NOON.replace(year=9000), NOON.replace(year=26)]
)
@pytest.mark.parametrize('claim', ['', CLAIM], ids=['named', 'team'])
async def test_a_time_that_can_not_be_right_is_kept_and_the_entry_taken(cast: Cast, said: datetime, claim: str) -> None:
    content = WALL.model_copy(update={'happened_at': said})
    entry = await cast.services.entries.log(cast.fia, ID, content, claim)
    assert (entry.happened_at, entry.phone_time) == (entry.logged_at, said)
    again = await cast.services.entries.log(cast.fia, ID, content, claim)
    assert again.id == entry.id, 'a repeat is no other entry'
    other = WALL.model_copy(update={'happened_at': said + timedelta(minutes=1)})
    with pytest.raises(Clash):
        await cast.services.entries.log(cast.fia, ID, other, claim)


async def test_a_time_that_can_be_right_is_believed(cast: Cast) -> None:
    said = NOON + timedelta(minutes=9)
    entry = await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'happened_at': said}))
    assert (entry.happened_at, entry.phone_time) == (said, None)


async def test_while_the_servers_clock_is_behind_entries_come_in_and_can_be_corrected(cast: Cast) -> None:
    cast.clock.at -= timedelta(minutes=20)
    entry = await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'happened_at': NOON}))
    cast.clock.at -= timedelta(hours=2)
    reworded = entry.content.model_copy(update={'text': 'Gick runt igen'})
    assert (await cast.services.entries.correct(cast.fia, ID, reworded)).text == 'Gick runt igen'
    with pytest.raises(Invalid):
        await cast.services.entries.correct(
            cast.fia, ID, reworded.model_copy(update={'happened_at': NOON + timedelta(days=1)})
        )
    assert isinstance(await cast.services.context.store.get(Entry, ID), Entry)


# Waiting


@pytest.fixture
async def steady(tmp_path: Path, clock: Clock) -> AsyncIterator[tuple[Services, Clock]]:
    """Return services whose system clock a test sets, and the steady one that passes by itself."""
    passing = Clock()
    services = create_test_services(tmp_path / 'steady', clock, passing)
    yield services, passing
    await services.close()


async def held(services: Services, cast: Cast, number: int, stamp: str) -> bool:
    sent = IncomingReport.read(id_of(number), cast.glass.code, 'full')
    await services.report_intake.receive(sent, Sender('4:c00002', stamp))
    return await services.context.store.get(HeldReport, id_of(number)) is not None


@pytest.mark.parametrize('change', [-A_YEAR, -timedelta(minutes=10), timedelta(hours=25), A_YEAR])
async def test_a_form_that_was_open_while_the_clock_was_set_is_no_machines(
    steady: tuple[Services, Clock], clock: Clock, change: timedelta
) -> None:
    services, passing = steady
    cast = await create_cast(services, clock)
    stamps = [await services.report_intake.stamp() for _ in range(10)]
    passing.pass_(seconds=20)
    clock.at += change + timedelta(seconds=20)
    assert not any([await held(services, cast, number, stamp) for number, stamp in enumerate(stamps)])


async def test_a_network_is_held_for_as_long_as_time_passes_not_as_a_clock_says(
    steady: tuple[Services, Clock], clock: Clock
) -> None:
    services, passing = steady
    cast = await create_cast(services, clock)

    async def send(number: int) -> bool:
        stamp = await services.report_intake.stamp()
        passing.pass_(seconds=2)
        return await held(services, cast, number, stamp)

    number = 0
    while not await send(number):
        number += 1
    clock.at -= timedelta(days=1)
    passing.pass_(minutes=30)
    assert not await send(number + 1)


def test_a_stamp_of_an_earlier_run_whose_clock_was_ahead_is_not_hasty() -> None:
    spam_filter = SpamFilter(RateLimits())
    reasons = [
        spam_filter.judge(Sender('4:c00002'), ReadStamp(bytes([number]), NOON + timedelta(hours=1)), 'K7M2QX', NOON)
        for number in range(8)
    ]
    assert HoldReason.HASTY not in reasons


async def test_a_case_that_was_closed_before_it_was_opened_took_no_known_time(cast: Cast) -> None:
    await report(cast, 1)
    (case,) = await cast.services.cases.open()
    cast.clock.at -= timedelta(hours=1)
    assert (await cast.services.cases.resolve(cast.fia, case.id)).took is None


async def test_a_start_before_the_newest_change_is_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    await warn_of_clock(cast.services)
    assert not caplog.messages
    cast.clock.at -= timedelta(days=1)
    await warn_of_clock(cast.services)
    assert 'the clock may be wrong' in caplog.text
