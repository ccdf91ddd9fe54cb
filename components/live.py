"""What open screens hear of as it happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from nicegui import Event as Signal

from app.domain.document import Document
from app.domain.events import Event
from app.domain.people import Device, Person
from app.services.house import House
from components.rows import News

log = logging.getLogger(__name__)

AFTER_THE_ANSWER = 0.02
"""Seconds until screens are told, so that whoever made the change has their answer first."""


class Live:
    """Signals to open screens: `news` of each new Event, `access` of each person or device whose access has changed."""

    def __init__(self, house: House) -> None:
        self.news: Signal[News] = Signal()
        self.access: Signal[Person | Device] = Signal()
        self._house = house
        self._kept: asyncio.Queue[Sequence[Document]] = asyncio.Queue()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Tell the screens, in the order of the changes, for as long as this is open."""
        stop = self._house.ground.store.follow(self._kept.put_nowait)
        telling = asyncio.create_task(self._tell_all())
        try:
            yield
        finally:
            stop()
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    async def _tell_all(self) -> None:
        while True:
            documents = await self._kept.get()
            await asyncio.sleep(AFTER_THE_ANSWER)
            try:
                await self._tell(documents)
            except Exception:
                log.exception('screens could not be told of a change that is kept')

    async def _tell(self, documents: Sequence[Document]) -> None:
        for document in documents:
            if isinstance(document, Event):
                self.news.emit(News(await self._house.feed.story(document)))
            elif isinstance(document, Person | Device):
                self.access.emit(document)
