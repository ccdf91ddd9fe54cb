"""Test the page cache: cached public pages are the same, except that each has its own stamp."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from components.html.renderer import HtmlRenderer
from tests.cast import Cast
from tests.public_pages import form_id, send, tap, words


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each template is rendered."""
    counted: Counter[str] = Counter()
    page = HtmlRenderer.page

    async def counting(
        self: HtmlRenderer, request: object, template: str, *arguments: object, **values: object
    ) -> object:
        counted[template] += 1
        return await page(self, request, template, *arguments, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(HtmlRenderer, 'page', counting)
    return counted


async def test_many_strangers_cost_one_page_and_each_has_a_stamp(cast: Cast, rendered: Counter[str]) -> None:
    pages = [await cast.browser().get(f'/q/{cast.glass.code}') for _ in range(20)]
    assert rendered['sticker_asset.html'] == 1
    stamps = {form_id(page.text) for page in pages}
    assert len(stamps) == 20
    assert {page.text.replace(form_id(page.text), '') for page in pages} == {
        pages[0].text.replace(form_id(pages[0].text), '')
    }
    assert all(page.headers.raw == pages[0].headers.raw for page in pages)


async def test_the_stamp_of_a_kept_page_is_as_good_as_any(cast: Cast) -> None:
    await cast.browser().get(f'/q/{cast.glass.code}')
    for _ in range(12):  # more than count without a stamp
        id = form_id((await cast.browser().get(f'/q/{cast.glass.code}')).text)
        cast.clock.pass_(seconds=20)
        await send(cast.browser(), cast.glass, id=id, problem='full')
    (case,) = await cast.services.cases.open()
    assert case.reports == 12


async def test_a_change_is_seen_at_once(cast: Cast, rendered: Counter[str]) -> None:
    async def now() -> str:
        return words((await cast.browser().get(f'/q/{cast.glass.code}')).text)

    assert 'Nothing reported' in await now()
    await tap(cast, cast.browser(), cast.glass, 'full')
    assert '1 has reported it' in await now()
    (case,) = await cast.services.cases.open()
    await cast.services.cases.acknowledge(cast.fia, case.id)
    assert 'Insamlingen is taking care of it' in await now()
    await cast.services.people.rename_team(cast.alva, 'collectors', 'Renhållningen', 'EM')
    assert 'Renhållningen is taking care of it' in await now()
    await cast.services.sites.offer_problems(cast.alva, 'container_coloured_glass', {'full', 'dangerous'})
    assert 'It is dangerous' in await now()
    await cast.services.municipality.change(cast.alva, 'Nyborg', '', '')
    assert 'Nyborg' in await now()
    await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    assert 'There is a newer sticker here' in await now()


async def test_ages_grow(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    for minutes in (40, 41):
        cast.clock.pass_(minutes=minutes if minutes == 40 else 1)
        assert f'{minutes} minutes ago' in words((await cast.browser().get(f'/q/{cast.glass.code}')).text)


async def test_staff_get_a_page_of_their_own_and_nobody_else_does(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    fia = await cast.signed_in(cast.fia)
    for _ in range(2):
        assert 'Fia' in (await fia.get(f'/q/{cast.glass.code}')).text
        stranger = (await cast.browser().get(f'/q/{cast.glass.code}')).text
        assert 'Fia' not in stranger
        assert 'value="resolve"' not in stranger


async def test_each_language_has_its_page(cast: Cast) -> None:
    path = f'/q/{cast.glass.code}'
    for _ in range(2):
        assert 'What do you see?' in (await cast.browser('en').get(path)).text
        assert 'Vad ser du?' in (await cast.browser('sv').get(path)).text
        assert 'What do you see?' in (await cast.browser('sv').get(f'{path}?lang=en')).text


@pytest.mark.parametrize('path', ['/q/{code}?again=x', '/q/000000', '/s/nowhere', '/q/{code}?lang=en&x=1', '/healthz'])
async def test_what_is_for_one_reader_is_not_kept(cast: Cast, rendered: Counter[str], path: str) -> None:
    path = path.format(code=cast.glass.code)
    first, second = [await cast.browser().get(path) for _ in range(2)]
    assert first.status_code == second.status_code
    assert sum(rendered.values()) in (0, 2)


async def test_no_page_ever_shows_where_a_stamp_should_be(cast: Cast) -> None:
    for path in ('/', f'/s/{cast.kransmossen.id}', f'/q/{cast.glass.code}', f'/q/{cast.kransmossen.code}', '/q/QQQQQQ'):
        for _ in range(2):
            assert not re.search('~{3}', (await cast.browser().get(path)).text), path


async def test_nobody_can_spoil_a_page_for_others(cast: Cast) -> None:
    path = f'/q/{cast.glass.code}'
    await cast.browser().get(path, headers=[('accept-language', 'en'), ('accept-language', 'sv')])
    assert 'Vad ser du?' in (await cast.browser('sv').get(path)).text
    fia = await cast.signed_in(cast.fia)
    token = fia.cookies.get('haren')
    for spelling in (f'haren ={token}', f' haren={token}', f'x=1; haren={token}'):
        for _ in range(2):
            assert 'Fia' in (await cast.browser().get(path, headers={'cookie': spelling})).text
        assert 'Fia' not in (await cast.browser().get(path)).text


async def test_cookies_of_a_parent_domain_cost_no_page_and_change_none(cast: Cast, rendered: Counter[str]) -> None:
    path = f'/q/{cast.glass.code}'
    for cookie in ('', 'consent=all; _ga=GA1.2.3', 'consent=none'):
        page = await cast.browser().get(path, headers={'cookie': cookie} if cookie else {})
        assert 'What do you see?' in page.text
        assert 'consent' not in page.text
    assert rendered['sticker_asset.html'] == 1


async def test_that_staff_have_seen_a_sticker_makes_no_page_old(cast: Cast, rendered: Counter[str]) -> None:
    for _ in range(2):
        await cast.browser().get(f'/q/{cast.glass.code}')
        await cast.services.sites.see_sticker(cast.fia, cast.glass.code)
    assert rendered['sticker_asset.html'] == 1


async def test_spellings_share_a_page(cast: Cast, rendered: Counter[str]) -> None:
    code = cast.glass.code
    for path in (f'/q/{code}', f'/q/{code.lower()}', f'/Q/{code}', f'/q/{code}?lang=xx', f'/q/{code}?lang=zz'):
        assert (await cast.browser().get(path)).status_code == 200
    assert rendered['sticker_asset.html'] == 1
