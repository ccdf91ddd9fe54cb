"""Test the page of a case, open to everybody who has its number."""

from __future__ import annotations

import pytest

from tests.cast import Cast
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
