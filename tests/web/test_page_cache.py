"""Public pages out of memory: the same page as ever, with a stamp of one's own."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from components.html.renderer import HtmlRenderer
from tests.town import Town, form_id, send, words


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each template was rendered."""
    counted: Counter[str] = Counter()
    page = HtmlRenderer.page

    async def counting(
        self: HtmlRenderer, request: object, template: str, *arguments: object, **values: object
    ) -> object:
        counted[template] += 1
        return await page(self, request, template, *arguments, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(HtmlRenderer, 'page', counting)
    return counted


async def test_many_strangers_cost_one_page_and_each_has_a_stamp(town: Town, rendered: Counter[str]) -> None:
    pages = [await town.browser().get(f'/q/{town.glass.code}') for _ in range(20)]
    assert rendered['sticker_asset.html'] == 1
    stamps = {form_id(page.text) for page in pages}
    assert len(stamps) == 20
    assert {page.text.replace(form_id(page.text), '') for page in pages} == {
        pages[0].text.replace(form_id(pages[0].text), '')
    }
    assert all(page.headers.raw == pages[0].headers.raw for page in pages)


async def test_the_stamp_of_a_kept_page_is_as_good_as_any(town: Town) -> None:
    await town.browser().get(f'/q/{town.glass.code}')
    for _ in range(12):  # more than are believed without one
        id = form_id((await town.browser().get(f'/q/{town.glass.code}')).text)
        town.clock.pass_(seconds=20)
        await send(town.browser(), town.glass, id=id, problem='full')
    (case,) = await town.services.cases.open()
    assert case.reports == 12


async def test_a_change_is_seen_at_once(town: Town, rendered: Counter[str]) -> None:
    async def now() -> str:
        return words((await town.browser().get(f'/q/{town.glass.code}')).text)

    assert 'Nothing reported' in await now()
    await town.tap(town.browser(), town.glass, 'full')
    assert '1 neighbour' in await now()
    (case,) = await town.services.cases.open()
    await town.services.cases.acknowledge(town.fia, case.id)
    assert 'Seen by Insamling' in await now()
    await town.services.people.rename_team(town.alva, 'insamling', 'Renhållningen', 'EM')
    assert 'Seen by Renhållningen' in await now()
    await town.services.sites.offer_problems(town.alva, 'container_coloured_glass', {'full', 'dangerous'})
    assert 'It is dangerous' in await now()
    await town.services.municipality.change(town.alva, 'Nyborg', '', '')
    assert 'Nyborg' in await now()
    await town.services.sites.replace_sticker(town.alva, town.glass.id)
    assert 'There is a newer sticker here' in await now()


async def test_ages_grow(town: Town) -> None:
    await town.tap(town.browser(), town.glass, 'full')
    for minutes in (40, 41):
        town.clock.pass_(minutes=minutes if minutes == 40 else 1)
        assert f'{minutes} minutes ago' in words((await town.browser().get(f'/q/{town.glass.code}')).text)


async def test_staff_get_a_page_of_their_own_and_nobody_else_does(town: Town) -> None:
    await town.tap(town.browser(), town.glass, 'full')
    fia = await town.signed_in(town.fia)
    for _ in range(2):
        assert 'Fia' in (await fia.get(f'/q/{town.glass.code}')).text
        stranger = (await town.browser().get(f'/q/{town.glass.code}')).text
        assert 'Fia' not in stranger
        assert 'value="resolve"' not in stranger


async def test_each_language_has_its_page(town: Town) -> None:
    path = f'/q/{town.glass.code}'
    for _ in range(2):
        assert 'What do you see?' in (await town.browser('en').get(path)).text
        assert 'Vad ser du?' in (await town.browser('sv').get(path)).text
        assert 'What do you see?' in (await town.browser('sv').get(f'{path}?lang=en')).text


@pytest.mark.parametrize('path', ['/q/{code}?again=x', '/q/000000', '/s/nowhere', '/q/{code}?lang=en&x=1', '/healthz'])
async def test_what_is_for_one_reader_is_not_kept(town: Town, rendered: Counter[str], path: str) -> None:
    path = path.format(code=town.glass.code)
    first, second = [await town.browser().get(path) for _ in range(2)]
    assert first.status_code == second.status_code
    assert sum(rendered.values()) in (0, 2)


async def test_no_page_ever_shows_where_a_stamp_should_be(town: Town) -> None:
    for path in ('/', f'/s/{town.site.id}', f'/q/{town.glass.code}', f'/q/{town.site.code}', '/q/QQQQQQ'):
        for _ in range(2):
            assert not re.search('~{3}', (await town.browser().get(path)).text), path


async def test_nobody_can_spoil_a_page_for_others(town: Town) -> None:
    path = f'/q/{town.glass.code}'
    await town.browser().get(path, headers=[('accept-language', 'en'), ('accept-language', 'sv')])
    assert 'Vad ser du?' in (await town.browser('sv').get(path)).text
    fia = await town.signed_in(town.fia)
    token = fia.cookies.get('haren')
    for spelling in (f'haren ={token}', f' haren={token}', f'x=1; haren={token}'):
        for _ in range(2):
            assert 'Fia' in (await town.browser().get(path, headers={'cookie': spelling})).text
        assert 'Fia' not in (await town.browser().get(path)).text


async def test_cookies_of_a_parent_domain_cost_no_page_and_change_none(town: Town, rendered: Counter[str]) -> None:
    path = f'/q/{town.glass.code}'
    for cookie in ('', 'consent=all; _ga=GA1.2.3', 'consent=none'):
        page = await town.browser().get(path, headers={'cookie': cookie} if cookie else {})
        assert 'What do you see?' in page.text
        assert 'consent' not in page.text
    assert rendered['sticker_asset.html'] == 1


async def test_that_staff_have_seen_a_sticker_makes_no_page_old(town: Town, rendered: Counter[str]) -> None:
    for _ in range(2):
        await town.browser().get(f'/q/{town.glass.code}')
        await town.services.sites.see_sticker(town.fia, town.glass.code)
    assert rendered['sticker_asset.html'] == 1


async def test_spellings_share_a_page(town: Town, rendered: Counter[str]) -> None:
    code = town.glass.code
    for path in (f'/q/{code}', f'/q/{code.lower()}', f'/Q/{code}', f'/q/{code}?lang=xx', f'/q/{code}?lang=zz'):
        assert (await town.browser().get(path)).status_code == 200
    assert rendered['sticker_asset.html'] == 1
