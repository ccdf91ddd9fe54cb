"""What open screens hear of as it happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from nicegui import Event as Signal

from app.domain.document import Document
from app.domain.events import Event
from app.domain.notifications import Notification
from app.domain.people import Device, Person
from app.domain.quarantine import HeldReport
from app.services.container import Services
from app.services.feed import Story
from app.store.protocol import State
from components.feed.rows import News

log = logging.getLogger(__name__)

_VISITORS = (Person, Device)

AFTER_THE_ANSWER = 0.02
"""Seconds until screens are told, so that whoever made the change has their answer first."""


class LiveUpdates:
    """Signals to open screens.

    `bulletins` brings what is new, in the order of the changes and all that has gathered at once: in a burst, a screen
    that shows everything is told a few times and not hundreds of times. `news` brings the same one by one. `access`
    brings each person or device that has changed, and with it perhaps their access. `state` tells whether anything can
    be saved. `notices` brings the ids of those whose Notices have changed: all at once, so that a mention of a large
    team costs each screen one look.
    """

    def __init__(self, services: Services) -> None:
        self.bulletins: Signal[tuple[News, ...]] = Signal()
        self.news: Signal[News] = Signal()
        self.state: Signal[State] = Signal()
        self.access: Signal[Person | Device] = Signal()
        self.notices: Signal[frozenset[str]] = Signal()
        self._services = services
        self._kept: asyncio.Queue[Sequence[Document]] = asyncio.Queue()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Tell the screens, for as long as this is open."""
        stop = self._services.context.store.follow(self._kept.put_nowait)
        stop_state = self._services.context.store.follow_state(self.state.emit)
        telling = asyncio.create_task(self._tell_all())
        try:
            yield
        finally:
            stop()
            stop_state()
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    async def _tell_all(self) -> None:
        while True:
            kept = [*await self._kept.get()]
            await asyncio.sleep(AFTER_THE_ANSWER)
            while not self._kept.empty():
                kept += self._kept.get_nowait()
            await self._tell(kept)

    async def _tell(self, kept: Sequence[Document]) -> None:
        # Who has lost their access is shown out before anything else is told.
        for document in kept:
            if isinstance(document, _VISITORS):
                self.access.emit(document)
        self._bring([document for document in kept if isinstance(document, Notification)])
        events = await self._events(kept)
        if not (self.bulletins.callbacks or self.news.callbacks):
            # Whoever opens a screen now reads the others there; what is under a team's name may not be told yet.
            events = [event for event in events if event.entry_id and event.by is None]
        found = [await self._story(event) for event in events]
        stories = [story for story in found if story]
        self._emit([story for story in stories if not self._put_off(story)])

    def _bring(self, notices: Sequence[Notification]) -> None:
        for at in {notice.at for notice in notices}:
            people = frozenset(notice.person_id for notice in notices if notice.at == at)
            wait = (at - self._services.context.now()).total_seconds()
            asyncio.get_running_loop().call_later(max(wait, 0), self.notices.emit, people)

    def _emit(self, stories: Sequence[Story]) -> None:
        if bulletin := tuple(News(story) for story in stories):
            self.bulletins.emit(bulletin)
            for news in bulletin:
                self.news.emit(news)

    def _put_off(self, story: Story) -> bool:
        """Whether it is not to be told yet; it will be, as it is then."""
        wait = (story.told_from - self._services.context.now()).total_seconds()
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, lambda: self._kept.put_nowait([story.event]))
        return wait > 0

    async def _events(self, kept: Sequence[Document]) -> list[Event]:
        """The Events among what was kept, and those of the floods that have grown: their rows count."""
        floods = {document.flood_id for document in kept if isinstance(document, HeldReport)}
        # One that is kept anew tells nothing new: somebody has left, and it names them no longer.
        events = [document for document in kept if isinstance(document, Event) and document.revision == 0]
        told = {event.id for event in events}
        grown = [await self._services.context.store.get(Event, flood) for flood in floods - told]
        return [*events, *(event for event in grown if event)]

    async def _story(self, event: Event) -> Story | None:
        """The Event with what it names. One that cannot be told must not silence the others."""
        try:
            return await self._services.feed.story(event)
        except Exception:
            log.exception('screens could not be told of a change that is kept: event %s', event.id)
            return None
