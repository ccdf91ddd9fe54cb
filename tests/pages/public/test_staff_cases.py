"""Test the cases on a sticker's page as Fia sees them: buttons that keep their places, and an undo."""

from __future__ import annotations

import re

import httpx
import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from tests.cast import Cast, send_report
from tests.public_pages import alert, words


async def a_case(cast: Cast, problem: str = 'full', number: int = 1) -> Case:
    return (await send_report(cast.services, cast.glass.code, problem, f'a-phone-minted-this-{number}')).case


async def press(cast: Cast, fia: httpx.AsyncClient, case: Case, act: str) -> str:
    """Press a button of a case without script, and return the page that follows."""
    answer = await fia.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': act})
    assert answer.status_code == 303
    return (await fia.get(answer.headers['location'])).text


def buttons(page: str) -> list[tuple[str, bool]]:
    """Return what the buttons of cases do, in their order, and which of them can be pressed."""
    found = re.findall(r'<button[^>]* name="act" value="(\w+)"( disabled)?>', page)
    return [(act, not disabled) for act, disabled in found]


async def test_every_button_keeps_its_place(cast: Cast) -> None:
    case, fia = await a_case(cast), await cast.signed_in(cast.fia)
    page = (await fia.get(f'/q/{cast.glass.code}')).text
    assert buttons(page) == [('resolve', True), ('acknowledge', True)]
    before = page.index('name="act"')
    page = await press(cast, fia, case, 'acknowledge')
    assert buttons(page) == [('resolve', True), ('acknowledge', False)]
    assert words(page[:before]).count('·') == words(page[: page.index('name="act"')]).count('·')
    cast.clock.pass_(seconds=1)
    page = await press(cast, fia, case, 'resolve')
    assert buttons(page) == [('resolve', False), ('acknowledge', False), ('reopen', True)]
    assert 'Emptied' in words(page)


@pytest.mark.parametrize('apart', [30, 250, 500])
async def test_a_double_tap_without_script_takes_it_on_and_closes_nothing(cast: Cast, apart: int) -> None:
    case, fia = await a_case(cast), await cast.signed_in(cast.fia)
    await press(cast, fia, case, 'acknowledge')
    cast.clock.pass_(milliseconds=apart)
    page = await press(cast, fia, case, 'resolve')
    assert 'role="alert"' not in page
    assert (await cast.services.cases.get(case.id)).state is CaseState.ACKNOWLEDGED


async def test_the_undo_stands_for_ten_seconds_for_whoever_closed_it(cast: Cast) -> None:
    case, fia, leo = await a_case(cast), await cast.signed_in(cast.fia), await cast.signed_in(cast.leo)
    await press(cast, fia, case, 'resolve')
    here = f'/q/{cast.glass.code}'
    for browser in (leo, cast.browser()):
        page = (await browser.get(here)).text
        assert buttons(page) == []
        assert 'Nothing reported' in words(page)
    cast.clock.pass_(seconds=9)
    page = await press(cast, fia, case, 'reopen')
    assert buttons(page) == [('resolve', True), ('acknowledge', True)]
    cast.clock.pass_(seconds=9)
    await press(cast, fia, case, 'resolve')
    cast.clock.pass_(seconds=10)
    assert buttons((await fia.get(here)).text) == []


async def test_other_cases_stay_where_they_are(cast: Cast) -> None:
    urgent, full = await a_case(cast, 'dangerous'), await a_case(cast, 'full', 2)
    fia = await cast.signed_in(cast.fia)
    page = await press(cast, fia, urgent, 'resolve')
    shown = re.findall(r'action="/q/\w+/cases/([^"?]+)"', page)
    assert shown == [urgent.id, full.id]
    assert re.findall(r'href="/cases/([^"]+)"', page) == [urgent.number, full.number]
    stranger = await cast.browser().get(f'/q/{cast.glass.code}')
    assert 'href="/cases/' not in stranger.text


async def test_whoever_may_not_undo_is_told_why(cast: Cast) -> None:
    case, leo = await a_case(cast), await cast.signed_in(cast.leo)
    await cast.services.cases.resolve(cast.fia, case.id)
    answer = await leo.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': 'reopen'})
    assert answer.status_code == 403
    assert 'Only the person who closed a case' in alert(answer.text)


@pytest.mark.parametrize(('problem', 'said'), [('full', 'Emptied'), ('dangerous', 'Fixed')])
async def test_what_was_full_is_emptied_wherever_it_is_said(cast: Cast, problem: str, said: str) -> None:
    case, fia = await a_case(cast, problem), await cast.signed_in(cast.fia)
    other = {'Emptied': 'Fixed', 'Fixed': 'Emptied'}[said]
    pages = [(await fia.get(f'/q/{cast.glass.code}')).text, await press(cast, fia, case, 'resolve')]
    cast.clock.pass_(hours=1)
    for address in (f'/q/{cast.glass.code}', f'/c/{case.number}', f'/q/{cast.glass.code}/thanks/a-phone-minted-this-1',
                    f'/s/{cast.kransmossen.id}.atom?lang=en', f'/q/{cast.glass.code}.atom?lang=en'):  # fmt: skip
        answer = await fia.get(address)
        assert answer.status_code == 200
        pages.append(answer.text)
    for page in pages:
        assert re.search(said, page, re.IGNORECASE)
        assert not re.search(rf'\b{other}\b(?! and)', words(page), re.IGNORECASE)


async def test_residents_and_followers_learn_that_it_is_open_again(cast: Cast) -> None:
    case, fia, rut = await a_case(cast), await cast.signed_in(cast.fia), cast.browser()
    thanks = f'/q/{cast.glass.code}/thanks/a-phone-minted-this-1'
    feed, badge = f'/q/{cast.glass.code}.atom?lang=en', f'/s/{cast.kransmossen.id}/badge.svg'
    await press(cast, fia, case, 'resolve')
    closed = [(await rut.get(address)).text for address in (thanks, feed, badge, f'/c/{case.number}')]
    cast.clock.pass_(seconds=2)
    await press(cast, fia, case, 'reopen')
    reopened = [(await rut.get(address)).text for address in (thanks, feed, badge, f'/c/{case.number}')]
    assert all(before != after for before, after in zip(closed, reopened, strict=True))
    assert 'Open again: Färgat glas – full' in reopened[1]
    for page in (reopened[0], reopened[3]):
        assert 'Reported' in words(page)
        assert 'Emptied' not in words(page)


WORDS = (
    ('Locket <b>sitter</b> & "kärvar"', 'Locket &lt;b&gt;sitter&lt;/b&gt; &amp; &#34;kärvar&#34;'),
    ('مرحبا 123', 'مرحبا 123'),
    ('Ring 811218-9876', 'Ring ••••••-••••'),
)


async def test_staff_read_what_residents_wrote_and_nobody_else_does(cast: Cast) -> None:
    for number, (note, _) in enumerate(WORDS):
        await send_report(cast.services, cast.glass.code, 'full', f'a-phone-minted-this-{number}', note)
    fia, rut = await cast.signed_in(cast.fia), cast.browser()
    page, open_page = [(await browser.get(f'/q/{cast.glass.code}')).text for browser in (fia, rut)]
    for _, shown in WORDS:
        assert f'<p class="said" dir="auto">{shown}</p>' in page
    assert 'class="said"' not in open_page
    assert 'Locket' not in open_page
    await cast.services.cases.add_note('a-phone-minted-this-0', 'Locket är lagat')
    assert '<p class="said" dir="auto">Locket är lagat</p>' in (await fia.get(f'/q/{cast.glass.code}')).text
