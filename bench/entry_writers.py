"""Log entries without a browser, through the API."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp

from bench.sample_documents import note

AT_ONCE = 32
"""Entries that are sent at the same time."""


async def log_entries(address: str, cookie: str, count: int) -> None:
    """Log so many entries of about 600 bytes. Each makes an event, too."""
    numbers = iter(range(count))
    async with aiohttp.ClientSession(address, headers={'Cookie': cookie, 'Origin': address}) as phone:

        async def log_in_turn() -> None:
            for number in numbers:
                await _log(phone, number)

        await asyncio.gather(*[log_in_turn() for _ in range(AT_ONCE)])


async def _log(phone: aiohttp.ClientSession, number: int) -> None:
    entry = {
        'id': uuid4().hex, 'kind': 'observation', 'text': note(number).text, 'audience': 'staff',
        'happened_at': datetime.now(UTC).isoformat(),
    }  # fmt: skip
    async with phone.post('/api/v1/entries', json=entry) as answer:
        assert answer.status == 201, await answer.text()
