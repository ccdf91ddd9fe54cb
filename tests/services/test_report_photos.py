"""Test photos that follow a report, whether it counts already or is held."""

from __future__ import annotations

import asyncio
import typing

import pytest

from app.domain.errors import Gone, Invalid, NotAllowed, NotFound, NotNow
from app.domain.events import Event, EventKind
from app.domain.reports import MOST_PHOTOS
from app.services.cases import Receipt
from app.services.container import Services
from app.services.report_intake import HeldReceipt, IncomingReport
from app.services.spam_filter import RateLimits, Sender
from app.store.engine.photo_files import LEFT_FREE
from app.store.tinydb.store import TinyStore
from tests.cast import BASE, Cast, send_report
from tests.sample_photos import photo

ID = 'a-phone-minted-this-1'
HOME = '4:c00002'


@pytest.fixture
async def case_id(cast: Cast) -> str:
    """Return the case of Rut's report."""
    return (await send_report(cast.services, cast.glass.code, 'full', ID)).case.id


async def is_held(cast: Cast) -> None:
    """Send a report that looks automatic."""
    report = IncomingReport.read(ID, cast.glass.code, 'full')
    assert isinstance(await cast.services.report_intake.receive(report, Sender(HOME, trap='x')), HeldReceipt)


async def events(cast: Cast) -> list[EventKind]:
    """Return the kinds of all events about cases, oldest first."""
    found = await cast.services.context.store.find(Event, topic='cases')
    return [event.kind for event in sorted(found.documents, key=lambda event: event.id) if event.case_id]


def on_the_disk(cast: Cast) -> set[str]:
    """Return the names of all stored photos."""
    return typing.cast('TinyStore', cast.services.context.store).photos.names()


async def test_a_photo_follows_and_can_be_replaced_for_a_week(cast: Cast, case_id: str) -> None:
    first = (await cast.services.report_intake.add_photo(ID, photo())).report.photo
    again = (await cast.services.report_intake.add_photo(ID, photo())).report
    assert again.photo == first
    second = (await cast.services.report_intake.add_photo(ID, photo(size=(60, 60)))).report.photo
    assert second != first
    assert await events(cast) == [EventKind.CASE_REPORTED, *[EventKind.CASE_PHOTOGRAPHED] * 2]
    assert await cast.services.context.photos_of(case_id) == (second,)
    cast.clock.pass_(days=8)
    for late in (
        cast.services.report_intake.expect_photo(ID, HOME),
        cast.services.report_intake.add_photo(ID, photo()),
    ):
        with pytest.raises(Gone):
            await late


async def test_a_photo_that_is_refused_leaves_the_report_and_keeps_nothing(cast: Cast, case_id: str) -> None:
    before = (await cast.services.cases.receipt(ID)).report
    with pytest.raises(Invalid):
        await cast.services.report_intake.add_photo(ID, photo()[:-200])
    assert (await cast.services.cases.receipt(ID)).report == before
    assert on_the_disk(cast) == set()


async def test_so_many_photos_are_no_change_of_mind(cast: Cast, case_id: str) -> None:
    for size in range(MOST_PHOTOS):
        last = (await cast.services.report_intake.add_photo(ID, photo(size=(60 + size, 60)))).report.photo
    with pytest.raises(NotAllowed):
        await cast.services.report_intake.add_photo(ID, photo(size=(90, 60)))
    assert await cast.services.context.photos_of(case_id) == (last,)
    assert len(on_the_disk(cast)) == MOST_PHOTOS
    assert (await cast.services.report_intake.add_photo(ID, photo(size=(64, 60)))).report.photo == last


async def test_a_note_and_a_photo_at_once_are_both_kept(cast: Cast, case_id: str) -> None:
    await asyncio.gather(
        cast.services.report_intake.add_photo(ID, photo()),
        *(cast.services.report_intake.add_note(ID, f'Upp till hålet {number}') for number in range(10)),
    )
    report = (await cast.services.cases.receipt(ID)).report
    assert report.photo is not None
    assert report.note.startswith('Upp till hålet')


async def test_a_photo_to_no_report_is_refused(cast: Cast) -> None:
    for nowhere in (
        cast.services.report_intake.expect_photo(ID, HOME),
        cast.services.report_intake.add_photo(ID, photo()),
    ):
        with pytest.raises(NotFound):
            await nowhere


async def test_a_held_report_takes_a_photo_with_the_same_answer_and_brings_it_along(cast: Cast) -> None:
    await is_held(cast)
    answer = await cast.services.report_intake.add_photo(ID, photo())
    assert isinstance(answer, HeldReceipt)
    assert answer.report.photo is not None
    assert (await cast.services.report_intake.add_photo(ID, photo())).report.photos == 1
    assert await events(cast) == []
    (flood,) = await cast.services.quarantine.floods()
    await cast.services.quarantine.release(cast.leo, flood.groups[0].group)
    receipt = await cast.services.report_intake.receipt(ID)
    assert isinstance(receipt, Receipt)
    assert receipt.report.photo == answer.report.photo
    assert await cast.services.context.photos_of(receipt.case.id) == (answer.report.photo,)


FEW = RateLimits()._replace(photo_network=RateLimits().photo_network._replace(at_once=3, an_hour=60))


async def test_one_network_sends_so_many_photos_and_no_more(cast: Cast, case_id: str) -> None:
    services = Services.create(cast.services.context, BASE, FEW)
    for _ in range(3):
        await services.report_intake.expect_photo(ID, HOME)
    with pytest.raises(NotNow, match='Many photos are arriving'):
        await services.report_intake.expect_photo(ID, HOME)
    await services.report_intake.expect_photo(ID, '4:cb0071')
    cast.clock.pass_(minutes=1)
    await services.report_intake.expect_photo(ID, HOME)


async def test_held_reports_have_a_small_allowance_of_their_own(cast: Cast) -> None:
    await is_held(cast)
    network, odd = RateLimits().photo_network, RateLimits().odd_photo
    assert odd.an_hour < network.an_hour
    for number in range(int(odd.at_once)):
        await cast.services.report_intake.expect_photo(ID, f'4:{number:06x}')
    with pytest.raises(NotNow, match='Many photos are arriving'):
        await cast.services.report_intake.expect_photo(ID, HOME)
    await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-2')
    await cast.services.report_intake.expect_photo('a-phone-minted-this-2', HOME)


async def test_while_the_disk_is_nearly_full_the_report_stays_and_the_photo_waits(
    cast: Cast, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('app.store.engine.disk.Disk.room', lambda disk, folder: LEFT_FREE)
    with pytest.raises(NotNow, match='The photo can not be kept right now'):
        await cast.services.report_intake.expect_photo(ID, HOME)  # before a byte of it is read
    with pytest.raises(NotNow, match='The photo can not be kept right now'):
        await cast.services.report_intake.add_photo(ID, photo())
    assert on_the_disk(cast) == set()
    await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-2')
    assert (await cast.services.cases.receipt(ID)).report.photo is None
    monkeypatch.undo()
    await cast.services.report_intake.expect_photo(ID, HOME)
    assert (await cast.services.report_intake.add_photo(ID, photo())).report.photo in on_the_disk(cast)
