"""What programs of other people see of Haren: feed readers, maps, other websites."""

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
    """A program that reads what anybody may."""
    server = plain_server(services, Session(services.people, secure=True), secure=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url=BASE) as reader:
        yield reader


async def report(cast: Cast, number: int = 1, problem: str = 'full') -> str:
    """One more report of the coloured glass; the id of its case."""
    receipt = await send_report(
        cast.services, cast.glass.code, problem, f'a-phone-minted-this-{problem}-{number}', 'Sagt'
    )
    return receipt.case.id


def is_open_to_all(answer: httpx.Response) -> bool:
    """Whether a browser lets a page of any website read the answer, and a cache hand the same to everybody."""
    said = answer.headers
    return (
        said['access-control-allow-origin'] == '*'
        and said['access-control-expose-headers'] == 'ETag'
        and said['cross-origin-resource-policy'] == 'cross-origin'
        and 'set-cookie' not in said
        and (answer.status_code == 404 or 'vary' not in said)
    )
