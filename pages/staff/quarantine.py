"""The screen of held reports: a lead lets them through, or discards them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from nicegui import ui

from app.domain.events import EventKind
from app.domain.people import Role
from components.feed.rows import News
from components.quarantine.held_reports import HeldReportList
from components.quarantine.stopped_sweeps import StoppedSweeps
from components.shell.layout import StaffPages
from components.shell.screen import Screen

SWEEPS = frozenset({EventKind.SWEEP_STOPPED, EventKind.SWEEP_ALLOWED})

REFRESH_INTERVAL = 1.0
"""Seconds between two refreshes, as a flood can bring thousands of reports meanwhile."""


def register(pages: StaffPages) -> None:
    """Register /held."""

    @pages.screen('/held', lambda _: _('Held reports'), Role.LEAD)
    async def build(screen: Screen) -> None:
        await QuarantineScreen(screen).build()


class QuarantineScreen:
    """An open list of held reports, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._has_news = asyncio.Event()

    async def build(self) -> None:
        """Build the screen and follow new reports and the decisions of other leads."""
        self._screen.live.bulletins.subscribe(self._note_news)
        self._sweeps = StoppedSweeps(self._screen)
        self._groups = HeldReportList(self._screen)
        await self._sweeps.refresh()
        await self._groups.refresh()
        ui.timer(REFRESH_INTERVAL, self._refresh)

    def _note_news(self, bulletin: Sequence[News]) -> None:
        if any(news.story.event.flood_id or news.story.event.kind in SWEEPS for news in bulletin):
            self._has_news.set()

    async def _refresh(self) -> None:
        if self._has_news.is_set():
            self._has_news.clear()
            await self._sweeps.refresh()
            await self._groups.refresh()
