"""Test the quarantine: Leo, a lead, looks at the held reports and decides about them."""

from __future__ import annotations

import pytest
from nicegui import ElementFilter
from nicegui.element import Element
from nicegui.testing import User

from app.domain.events import Event, EventKind
from app.domain.people import Person, Role
from app.domain.quarantine import HeldReport, HeldState
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.services.container import Services
from app.services.quarantine import SHOWN
from app.services.report_intake import IncomingReport
from app.services.spam_filter import Sender
from components.ui.button import Button
from components.ui.long_text import LongText
from components.ui.text import Text
from tests.cast import Clock
from tests.sample_photos import photo
from tests.staff_screens import SignIn, hire, press


async def machines_report(services: Services, count: int) -> None:
    """Send reports about a broken bench as a machine does, so that they are held."""
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Parken', SiteKind.OTHER))
    bench = await services.sites.add_asset(alva, site.id, AssetDraft('Bänken', 'bench'))
    for number in range(count):
        report = IncomingReport.read(f'a-machine-minted-{number}', bench.code, 'broken', f'ord nummer {number}')
        await services.report_intake.receive(report, Sender('4:cb0071', trap='x'))


@pytest.fixture
async def leo(services: Services) -> Person:
    return await hire(services, 'Leo', Role.LEAD)


async def see_later(user: User, words: str) -> None:
    """Wait up to five seconds for these words: the screen refreshes itself only now and then."""
    await user.should_see(words, retries=50)


async def test_nothing_waits(services: Services, sign_in: SignIn, leo: Person) -> None:
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('Nothing to review.')


async def test_leo_sees_how_many_about_what_and_why(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('Bänken, Parken – broken')
        await user.should_see('3 reports are waiting · filled in a hidden field')
        await user.should_see('ord nummer 2')


async def test_no_two_groups_read_the_same(services: Services, sign_in: SignIn, leo: Person, clock: Clock) -> None:
    await machines_report(services, 2)
    (bench,) = [asset for site in await services.sites.all() for asset in await services.sites.assets(site.id)]
    alva = await hire(services, 'Alma', Role.ADMIN)
    twin = await services.sites.add_asset(alva, bench.site_id, AssetDraft('Bänken', 'bench'))
    for hours, code in ((0, twin.code), (30, bench.code), (60, twin.code)):
        clock.pass_(hours=hours)
        report = IncomingReport.read(f'a-machine-minted-at-{hours}', code, 'broken', 'ord')
        await services.report_intake.receive(report, Sender('4:cb0071', trap='x'))
    async with sign_in(leo) as user:
        await user.open('/held')
        with user:
            texts = [[text.text for text in ElementFilter(kind=Text).within(instance=card)] for card in _cards()]
            named = [
                [str(button.props['aria-label']) for button in ElementFilter(kind=Button).within(instance=card)][:2]
                for card in _cards()
            ]
    assert len(texts) == 4
    for words in (map(str, texts), map(str, named)):
        assert len(set(words)) == 4


def _cards() -> list[Element]:
    return [element for element in ElementFilter(kind=Element, local_scope=False) if 'heap' in element.classes]


async def test_leo_lets_one_through_and_discards_the_rest(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Let through')
        await see_later(user, '2 reports are waiting')
        (case,) = await services.cases.open()
        assert case.reports == 1
        press(user, 'Discard all')
        await user.should_see('None of the 2 will ever count. This can’t be undone.')
        press(user, 'Discard all')
        await see_later(user, 'Nothing to review.')
    assert (await services.cases.get(case.id)).reports == 1


async def test_leo_discards_one_and_the_others_wait_on(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Discard')
        await user.should_see('It’ll never count. This can’t be undone.')
        press(user, 'Discard')
        await see_later(user, '2 reports are waiting')
    states = [held.state for held in await services.context.find_all(HeldReport)]
    assert sorted(states) == [HeldState.DISCARDED, HeldState.WAITING, HeldState.WAITING]
    (discarded,) = [
        event for event in await services.context.find_all(Event) if event.kind is EventKind.REPORTS_DISCARDED
    ]
    assert (discarded.by, discarded.count) == (leo.id, 1)


async def test_leo_reads_that_there_are_more_than_are_shown(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, SHOWN + 1)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see(f'Look at the newest {SHOWN} of {SHOWN + 1}')
        press(user, 'Let through')
        await see_later(user, 'Look at them')
        await user.should_not_see('Look at the newest')


async def test_leo_lets_all_through(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 30)
    async with sign_in(leo) as user:
        await user.open('/held')
        press(user, 'Let all through')
        await user.should_see('All 30 count as reports from then on.')
        press(user, 'Let all through')
        await see_later(user, 'Nothing to review.')
    (case,) = await services.cases.open()
    assert case.reports == 30


async def test_what_comes_in_meanwhile_is_counted_on_the_open_screen(
    services: Services, sign_in: SignIn, leo: Person
) -> None:
    await machines_report(services, 1)
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('1 report is waiting')
        bench = (await services.sites.assets('parken'))[0]
        report = IncomingReport.read('a-machine-minted-9', bench.code, 'broken')
        await services.report_intake.receive(report, Sender('4:cb0071', trap='x'))
        await see_later(user, '2 reports are waiting')


async def test_fia_is_told_that_it_is_not_for_her(services: Services, sign_in: SignIn) -> None:
    await machines_report(services, 1)
    async with sign_in(await hire(services, 'Fia', Role.FIELD)) as user:
        await user.open('/held')
        await user.should_not_see('Bänken')


async def test_leo_sees_the_photo_that_came_with_it(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 1)
    name = (await services.report_intake.add_photo('a-machine-minted-0', photo())).report.photo
    async with sign_in(leo) as user:
        await user.open('/held')
        await user.should_see('ord nummer 0')
        with user:
            (shown,) = [element for element in ElementFilter(local_scope=False) if element.tag == 'img']
        assert shown.props['src'] == f'/photos/{name}'
        assert shown.props['alt'].startswith('Photo: ord nummer 0')


def rows(user: User) -> list[tuple[str, bool]]:
    """Return the reports on the screen in their order, and whether they can still be decided."""
    with user:
        shown = [element for element in ElementFilter(local_scope=False) if element.tag == 'li']
    lines = [element for element in shown if 'device' in element.classes]
    return [(_words(line), 'spent' not in _buttons(line)[0].classes) for line in lines]


def _words(line: Element) -> str:
    (note,) = [each.text for each in line.descendants() if isinstance(each, LongText)]
    return str(note)


def _buttons(line: Element) -> list[Element]:
    return [each for each in line.descendants() if each.tag == 'button']


async def test_no_row_slides_under_a_finger(services: Services, sign_in: SignIn, leo: Person) -> None:
    await machines_report(services, 3)
    async with sign_in(leo) as user:
        await user.open('/held')
        before = [words for words, _ in rows(user)]
        press(user, 'Let through')
        await see_later(user, '2 reports are waiting')
        assert [words for words, _ in rows(user)] == before
        assert [is_open for _, is_open in rows(user)].count(True) == 2
        bench = (await services.sites.assets('parken'))[0]
        report = IncomingReport.read('a-machine-minted-9', bench.code, 'broken', 'kom sist')
        await services.report_intake.receive(report, Sender('4:cb0071', trap='x'))
        await see_later(user, '3 reports are waiting')
        assert [words for words, _ in rows(user)] == [*before, 'kom sist']
        await services.quarantine.discard(leo, (await services.quarantine.floods())[0].groups[0].group)
        await see_later(user, 'Nothing is waiting here any more.')
        assert [words for words, _ in rows(user)] == [*before, 'kom sist']
        assert not any(is_open for _, is_open in rows(user))
        press(user, 'Let all through')
        await user.should_not_see('count as reports from then on')
