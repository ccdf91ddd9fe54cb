"""Read Haren as other people's programs do: feed readers, maps, other websites."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from app.build import plain_server
from app.services.container import Services
from app.web.http.session import Session
from tests.cast import BASE, Cast, send_report


@pytest.fixture
async def reader(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client without a token, which may read what is public."""
    server = plain_server(services, Session(services.people, secure=True), secure=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url=BASE) as reader:
        yield reader


async def report(cast: Cast, number: int = 1, problem: str = 'full') -> str:
    """Report the container for coloured glass, and return the id of the case."""
    receipt = await send_report(
        cast.services, cast.glass.code, problem, f'a-phone-minted-this-{problem}-{number}', 'Sagt'
    )
    return receipt.case.id


def is_open_to_all(answer: httpx.Response) -> bool:
    """Return True if pages of any website may read the response, and a shared cache may keep it."""
    headers = answer.headers
    return (
        headers['access-control-allow-origin'] == '*'
        and headers['access-control-expose-headers'] == 'ETag'
        and headers['cross-origin-resource-policy'] == 'cross-origin'
        and 'set-cookie' not in headers
        and (answer.status_code == 404 or 'vary' not in headers)
    )
