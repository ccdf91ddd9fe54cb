"""Test the page of a case, open to everybody who has its number."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.cast import Cast, send_report
from tests.public_pages import heading, report, tap, words

SECRET = 'Ring Rut på 070-123 45 67'


async def test_the_number_leads_to_the_case_and_to_nothing_private(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    await cast.browser().post(f'{thanks}/note', data={'note': SECRET})
    cast.clock.pass_(hours=2)
    page = (await cast.browser().get('/c/2026-1')).text
    assert 'Case 2026-1' in page
    assert heading(page) == 'Färgat glas'
    assert 'Full · 1 has reported it · 2 hours ago' in words(page)
    assert 'Insamlingen has received the report.' in page
    assert SECRET not in page
    assert thanks.rpartition('/')[2] not in page


async def test_it_keeps_the_time_from_first_report_to_fixed(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    cast.clock.pass_(hours=5)
    await cast.services.cases.resolve(cast.fia, case.id)
    page = words((await cast.browser().get('/c/2026-1')).text)
    assert 'First reported: 5 hours ago · Emptied after 5 hours.' in page
    assert 'Fia' not in page


async def test_it_can_be_typed_where_codes_are_typed(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    for typed in (' 2026-1 ', '#2026-1', '2026 1', '2026 – 1'):
        answer = await cast.browser().get('/q', params={'code': typed})
        assert (answer.status_code, answer.headers['location']) == (303, '/c/2026-1')


@pytest.mark.parametrize('number', ['2026-2', '2026-1x', '9999-1', '%00', '2026'])
async def test_no_such_case(cast: Cast, number: str) -> None:
    answer = await cast.browser().get(f'/c/{number}')
    assert answer.status_code == 404
    assert 'Traceback' not in answer.text


async def test_of_what_was_taken_away_too(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    page = (await cast.browser().get('/c/2026-1')).text
    assert 'has been removed, so the case is closed.' in page
    assert f'/q/{cast.glass.code}' not in page


@pytest.mark.parametrize(
    'written',
    ['2026-1', '#2026–1.', '2026 1', '(2026-1)', '٢٠٢٦-١', '２０２６－１', '2026\u200b-1', 'Ärende 2026-1',
     'haren.example/c/2026-1'],
)  # fmt: skip
async def test_a_case_is_found_by_its_number_as_people_write_it(cast: Cast, written: str) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    browser = cast.browser()
    found = await browser.get('/q', params={'code': written})
    assert (found.status_code, found.headers['location'].partition('?')[0]) == (303, '/c/2026-1')
    if '/' not in written:
        assert (await browser.get(f'/c/{quote(written)}')).status_code == 200


@pytest.mark.parametrize(
    'around', ['{}', '({}).', '\u2068{}\u2069', 'https://haren.example/q/{}?lang=en', '<https://haren.example/q/{}/>']
)
async def test_a_code_is_found_as_people_paste_it(cast: Cast, around: str) -> None:
    found = await cast.browser().get('/q', params={'code': around.format(cast.glass.code)})
    assert found.headers['location'].partition('?')[0] == f'/q/{cast.glass.code}'


async def test_an_address_with_a_wrong_code_says_what_is_wrong_with_the_code(cast: Cast) -> None:
    page = await cast.browser().get('/q', params={'code': 'https://haren.example/q/K7M2Q0'})
    assert 'One character seems wrong' in page.text
    assert 'value="K7M2Q0"' in page.text
