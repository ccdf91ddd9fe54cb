"""Held reports: Leo, who leads, looks at them and decides."""

from __future__ import annotations

import asyncio

import pytest
from nicegui import ElementFilter
from nicegui.testing import User

from app.domain.events import Event, EventKind
from app.domain.people import Person, Role
from app.domain.quarantine import Held, HeldState
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.services.container import House
from app.services.quarantine import SHOWN
from app.services.report_intake import Letter
from app.services.spam_filter import Knock
from tests.sample_photos import photo
from tests.staff_screens import SignIn, hire, press


async def machines_report(house: House, count: int) -> None:
    """Held reports of a bench that is broken."""
    alva = await hire(house, 'Alva', Role.ADMIN)
    site = await house.sites.add(alva, SiteDraft('Parken', SiteKind.OTHER))
    bench = await house.sites.add_asset(alva, site.id, AssetDraft('Bänken', 'bench'))
    for number in range(count):
        letter = Letter(f'a-machine-minted-{number}', bench.code, 'broken', f'ord nummer {number}')
        await house.reception.receive(letter, Knock('4:cb0071', trap='x'))


@pytest.fixture
async def leo(house: House) -> Person:
    return await hire(house, 'Leo', Role.LEAD)


async def until(user: User, words: str) -> None:
    for _ in range(40):
        await asyncio.sleep(0.1)
        try:
            await user.should_see(words, retries=1)
        except AssertionError:
            continue
        return
    await user.should_see(words)


async def test_nothing_waits(house: House, sign_in: SignIn, leo: Person) -> None:
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('No reports are held back.')


async def test_leo_sees_how_many_about_what_and_why(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('Bänken, Parken – broken')
        await user.should_see('3 reports wait · filled in a field that people do not see')
        await user.should_see('ord nummer 2')


async def test_leo_lets_one_through_and_discards_the_rest(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Let through')
        await until(user, '2 reports wait')
        (case,) = await house.cases.open()
        assert case.reports == 1
        press(user, 'Discard all')
        await user.should_see('None of the 2 will ever count.')
        press(user, 'Discard all')
        await until(user, 'No reports are held back.')
    assert (await house.cases.get(case.id)).reports == 1


async def test_leo_discards_one_and_the_others_wait_on(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Discard')
        await user.should_see('It will never count.')
        press(user, 'Discard')
        await until(user, '2 reports wait')
    states = [held.state for held in await house.ground.find_all(Held)]
    assert sorted(states) == [HeldState.DISCARDED, HeldState.WAITING, HeldState.WAITING]
    (told,) = [event for event in await house.ground.find_all(Event) if event.kind is EventKind.REPORTS_DISCARDED]
    assert (told.by, told.count) == (leo.id, 1)


async def test_leo_reads_that_there_are_more_than_are_shown(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, SHOWN + 1)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see(f'Look at the newest {SHOWN} of {SHOWN + 1}')
        press(user, 'Let through')
        await until(user, 'Look at them')
        await user.should_not_see('Look at the newest')


async def test_leo_lets_all_through(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, 30)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Let all through')
        await user.should_see('All 30 count as reports from then on.')
        press(user, 'Let all through')
        await until(user, 'No reports are held back.')
    (case,) = await house.cases.open()
    assert case.reports == 30


async def test_what_comes_in_meanwhile_is_counted_on_the_open_screen(
    house: House, sign_in: SignIn, leo: Person
) -> None:
    await machines_report(house, 1)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('1 report waits')
        bench = (await house.sites.assets('parken'))[0]
        letter = Letter('a-machine-minted-9', bench.code, 'broken')
        await house.reception.receive(letter, Knock('4:cb0071', trap='x'))
        await until(user, '2 reports wait')


async def test_fia_is_told_that_it_is_not_for_her(house: House, sign_in: SignIn) -> None:
    await machines_report(house, 1)
    async with sign_in(await hire(house, 'Fia', Role.FIELD)) as user:
        await user.open('/held')
        await user.should_not_see('Bänken')


async def test_leo_sees_the_photo_that_came_with_it(house: House, sign_in: SignIn, leo: Person) -> None:
    await machines_report(house, 1)
    name = (await house.reception.add_photo('a-machine-minted-0', photo())).report.photo
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('ord nummer 0')
        with user:
            (shown,) = [element for element in ElementFilter(local_scope=False) if element.tag == 'img']
        assert shown.props['src'] == f'/photos/{name}'
        assert shown.props['alt'].startswith('Photo: ord nummer 0')
