"""Reports that look automatic: a lead looks at them and lets them through, or discards them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from nicegui import ui

from app.domain.people import Role
from components.feed.rows import News
from components.quarantine.held_reports import HeldReportList
from components.shell.layout import StaffPages
from components.shell.screen import Screen

PAUSE = 1.0
"""Seconds between two looks at what has come in: a flood brings thousands meanwhile."""


def register(frame: StaffPages) -> None:
    """Register /held."""

    @frame.screen('/held', lambda _: _('Held reports'), Role.LEAD)
    async def build(screen: Screen) -> None:
        await QuarantineScreen(screen).build()


class QuarantineScreen:
    """One open list of what waits, which goes on while a lead looks at it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._has_news = asyncio.Event()

    async def build(self) -> None:
        """Build the screen and listen for what comes in and what other leads decide."""
        self._screen.live.bulletins.subscribe(self._hear)
        self._heaps = HeldReportList(self._screen)
        await self._heaps.refresh()
        ui.timer(PAUSE, self._look)

    def _hear(self, bulletin: Sequence[News]) -> None:
        if any(news.story.event.flood_id for news in bulletin):
            self._has_news.set()

    async def _look(self) -> None:
        if self._has_news.is_set():
            self._has_news.clear()
            await self._heaps.refresh()
