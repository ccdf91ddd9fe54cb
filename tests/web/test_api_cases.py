"""Test reading cases over the API: the list with its filters and pages, and one case whole."""

from __future__ import annotations

import httpx
import pytest

from tests.cast import Cast, send_report
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
