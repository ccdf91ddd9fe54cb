"""Open staff screens without a browser, as one does: get the page, connect its socket, and leave."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from itertools import cycle, islice
from uuid import uuid4

import aiohttp

SCREENS = ('/feed', '/cases', '/log', '/obstacles', '/me', '/audit', '/people', '/sites', '/held', '/settings')

AT_ONCE = 4
"""Screens that are opened at the same time."""


async def visit_screens(address: str, cookie: str, count: int, screens: Sequence[str] = SCREENS) -> None:
    """Open and close so many screens, in turn."""
    paths = islice(cycle(screens), count)
    async with aiohttp.ClientSession(address, headers={'Cookie': cookie, 'Origin': address}) as browser:

        async def visit_in_turn() -> None:
            for path in paths:
                await _visit(browser, path)

        await asyncio.gather(*[visit_in_turn() for _ in range(AT_ONCE)])


async def _visit(browser: aiohttp.ClientSession, path: str) -> None:
    async with browser.get(path) as answer:
        page = await answer.text()
        assert (answer.status, answer.url.path) == (200, path)
    found = re.search(r'client_id\W+(?:quot;|#34;)*([0-9a-f-]{36})', page)
    assert found, page
    query = {'client_id': found[1], 'tab_id': str(uuid4()), 'document_id': str(uuid4())}
    socket = {**query, 'next_message_id': '0', 'implicit_handshake': 'true', 'EIO': '4', 'transport': 'websocket'}
    async with browser.ws_connect('/_nicegui_ws/socket.io/', params=socket) as connection:
        await connection.receive_str()
        await connection.send_str('40')
        answered = await connection.receive_str()
        assert answered.startswith('40{"sid"'), answered
