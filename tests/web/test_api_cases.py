"""Test reading cases over the API: the list with its filters and pages, and one case whole."""

from __future__ import annotations

import httpx
import pytest

from app.domain.personal_numbers import MASK
from tests.cast import Cast, send_report
from tests.sample_photos import photo
from tests.web.test_api_auth import program


@pytest.fixture
async def fia(cast: Cast, reader: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return Fia's program. Two containers at Kransmossen are full, one of them was emptied."""
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Ring 811218-9876')
    cast.clock.pass_(minutes=1)
    await send_report(cast.services, cast.glass.code, 'hard_to_reach', 'a-phone-minted-this-2')
    over = (await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-3')).case
    await cast.services.cases.resolve(cast.leo, over.id)
    return await program(cast.services, reader, cast.fia)


async def problems(client: httpx.AsyncClient, **query: str | int) -> list[str]:
    """Return things and problems of the cases that a program gets, in order."""
    answer = await client.get('/api/v1/cases', params=query)
    assert answer.status_code == 200
    return [f'{case["asset"]}: {case["problem"]}' for case in answer.json()['cases']]


async def test_without_parameters_all_that_is_open_comes(fia: httpx.AsyncClient) -> None:
    assert await problems(fia) == ['Färgat glas: hard_to_reach', 'Färgat glas: full']


async def test_filters_of_the_list(cast: Cast, fia: httpx.AsyncClient) -> None:
    assert await problems(fia, state='ended') == ['Tidningar: full']
    assert await problems(fia, state='resolved') == ['Tidningar: full']
    assert await problems(fia, state='acknowledged') == []
    assert await problems(fia, team=cast.collectors.id, q='färgat full') == ['Färgat glas: full']
    assert await problems(fia, team='nowhere') == []
    assert await problems(fia, site='kransmossen', state='open') == ['Färgat glas: hard_to_reach', 'Färgat glas: full']
    assert (await fia.get('/api/v1/cases', params={'state': 'asleep'})).status_code == 422


async def test_pages_of_the_list(fia: httpx.AsyncClient) -> None:
    first = (await fia.get('/api/v1/cases', params={'limit': 1})).json()
    assert [case['problem'] for case in first['cases']] == ['hard_to_reach']
    second = (await fia.get('/api/v1/cases', params={'limit': 1, 'before': first['older']})).json()
    assert ([case['problem'] for case in second['cases']], second['older']) == (['full'], None)


async def test_one_case_has_what_residents_said_and_what_staff_did(cast: Cast, fia: httpx.AsyncClient) -> None:
    (case,) = [one for one in await cast.services.cases.open() if one.problem == 'full']
    await cast.services.cases.add_photo('a-phone-minted-this-1', photo())
    await cast.services.cases.acknowledge(cast.fia, case.id)
    whole = (await fia.get(f'/api/v1/cases/{case.id}')).json()
    (said,) = whole['report_list']
    assert (said['note'], said['fine']) == (f'Ring {MASK}', False)
    assert 'a-phone-minted-this-1' not in str(whole), 'a report’s id opens its page of thanks'
    assert (await fia.get(said['photo_url'])).headers['content-type'] == 'image/jpeg'
    taken, shown, first = whole['timeline']
    assert (taken['kind'], taken['by'], taken['sentence']) == (
        'case.acknowledged', {'id': 'fia', 'name': 'Fia Fält'}, 'Fia Fält: vi tar det',
    )  # fmt: skip
    assert (shown['kind'], first['kind'], first['text']) == ('case.photographed', 'case.reported', f'Ring {MASK}')
    assert (whole['state'], whole['outcome'], whole['reports']) == ('acknowledged', None, 1)


async def test_leads_read_the_numbers_that_are_masked_for_others(
    cast: Cast, fia: httpx.AsyncClient, reader: httpx.AsyncClient
) -> None:
    (case,) = [one for one in await cast.services.cases.open() if one.problem == 'full']
    leo = await program(cast.services, reader, cast.leo)
    assert '811218-9876' in (await leo.get(f'/api/v1/cases/{case.id}')).text
    assert '811218-9876' not in (await fia.get(f'/api/v1/cases/{case.id}')).text


async def test_no_photo_is_seen_through_another_case(cast: Cast, fia: httpx.AsyncClient) -> None:
    await cast.services.cases.add_photo('a-phone-minted-this-1', photo())
    full, other = sorted(await cast.services.cases.open(), key=lambda case: case.problem)
    url = (await fia.get(f'/api/v1/cases/{full.id}')).json()['report_list'][0]['photo_url']
    assert (await fia.get(url)).status_code == 200
    assert (await fia.get(url.replace(full.id, other.id))).status_code == 404
    assert (await fia.get('/api/v1/cases/nowhere')).status_code == 404
