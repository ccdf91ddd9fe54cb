"""A case for whoever has its number."""

from __future__ import annotations

import pytest

from tests.town import Town, heading, words

SECRET = 'Ring Rut på 070-123 45 67'


async def test_the_number_leads_to_the_case_and_to_nothing_private(town: Town) -> None:
    thanks = await town.thanks(town.browser(), town.glass, 'full')
    await town.browser().post(f'{thanks}/note', data={'note': SECRET})
    town.clock.pass_(hours=2)
    page = (await town.browser().get('/c/2026-1')).text
    assert 'Case 2026-1' in page
    assert heading(page) == 'Färgat glas 1'
    assert 'Full · 1 neighbour · 2 hours ago' in words(page)
    assert 'Insamling is responsible and has been told.' in page
    assert SECRET not in page
    assert thanks.rpartition('/')[2] not in page


async def test_it_keeps_the_time_from_first_report_to_fixed(town: Town) -> None:
    await town.tap(town.browser(), town.glass, 'full')
    (case,) = await town.services.cases.open()
    town.clock.pass_(hours=5)
    await town.services.cases.resolve(town.fia, case.id)
    page = words((await town.browser().get('/c/2026-1')).text)
    assert 'First reported: 5 hours ago · Fixed after 5 hours.' in page
    assert 'Fia' not in page


async def test_it_can_be_typed_where_codes_are_typed(town: Town) -> None:
    await town.tap(town.browser(), town.glass, 'full')
    for typed in (' 2026-1 ', '#2026-1', '2026 1', '2026 – 1'):
        answer = await town.browser().get('/q', params={'code': typed})
        assert (answer.status_code, answer.headers['location']) == (303, '/c/2026-1')


@pytest.mark.parametrize('number', ['2026-2', '2026-1x', '9999-1', '%00', '2026'])
async def test_no_such_case(town: Town, number: str) -> None:
    answer = await town.browser().get(f'/c/{number}')
    assert answer.status_code == 404
    assert 'Traceback' not in answer.text


async def test_of_what_was_taken_away_too(town: Town) -> None:
    await town.tap(town.browser(), town.glass, 'full')
    await town.services.sites.retire_asset(town.alva, town.glass.id)
    page = (await town.browser().get('/c/2026-1')).text
    assert 'has been taken away, so the case is closed.' in page
    assert f'/q/{town.glass.code}' not in page
