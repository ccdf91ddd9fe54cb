"""Tell open screens what happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from nicegui import Event as Signal

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entry_visibility import time_until
from app.domain.events import Event
from app.domain.notifications import Notification
from app.domain.people import Device, Person
from app.domain.quarantine import HeldReport
from app.services.container import Services
from app.services.feed import Story
from app.store.protocol import State
from components.feed.rows import News
from components.shell.case_viewers import CaseViewers

log = logging.getLogger(__name__)

_VISITORS = (Person, Device)

MINUTE = 60.0

AFTER_THE_ANSWER = 0.02
"""Seconds before screens are updated, so that whoever made the change gets the response first."""


class LiveUpdates:
    """Signals that screens subscribe to.

    - `bulletins`: the news, in the order of the changes, in batches. In a burst a screen updates a few times instead of
      hundreds of times.
    - `news`: the same news one by one.
    - `access`: each person or device that has changed, and whose access may have changed with it.
    - `time`: the time now, every minute and before other signals: sessions end by it.
    - `lateness`: the cases that have become late, or late by an hour more. Nothing is saved then.
    - `state`: the state of the store, which says whether anything can be saved.
    - `notices`: the ids of the people whose notifications have changed, as one set: a mention of a large team then
      costs each screen one query.

    `case_viewers` knows who has which case open.
    """

    def __init__(self, services: Services) -> None:
        self.bulletins: Signal[tuple[News, ...]] = Signal()
        self.news: Signal[News] = Signal()
        self.state: Signal[State] = Signal()
        self.access: Signal[Person | Device] = Signal()
        self.time: Signal[datetime] = Signal()
        self.lateness: Signal[tuple[Case, ...]] = Signal()
        self.notices: Signal[frozenset[str]] = Signal()
        self.case_viewers = CaseViewers()
        self._services = services
        self._changes: asyncio.Queue[Sequence[Document]] = asyncio.Queue()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow the store and signal its changes while this context is open."""
        stop = self._services.follow(self._changes.put_nowait)
        stop_state = self._services.follow_state(self.state.emit)
        tasks = [asyncio.create_task(self._signal_all()), asyncio.create_task(self._tell_the_time())]
        try:
            yield
        finally:
            stop()
            stop_state()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell_the_time(self) -> None:
        before = self._services.now()
        while True:
            await asyncio.sleep(MINUTE)
            now = self._services.now()
            self.time.emit(now)
            await self._signal_lateness(before, now)
            before = now

    async def _signal_lateness(self, before: datetime, now: datetime) -> None:
        try:
            later = await self._services.case_list.later(before, now) if self.lateness.callbacks else ()
        except Exception:
            log.exception('could not find out which cases are late')
            return
        if later:
            self.lateness.emit(later)

    async def _signal_all(self) -> None:
        while True:
            saved = [*await self._changes.get()]
            await asyncio.sleep(AFTER_THE_ANSWER)
            while not self._changes.empty():
                saved += self._changes.get_nowait()
            await self._signal(saved)

    async def _signal(self, saved: Sequence[Document]) -> None:
        # Access comes first, so that people who have lost it get none of the news.
        self.time.emit(self._services.now())
        for document in saved:
            if isinstance(document, _VISITORS):
                self.access.emit(document)
        self._signal_notices([document for document in saved if isinstance(document, Notification)])
        events = await self._events(saved)
        if not (self.bulletins.callbacks or self.news.callbacks):
            # Nobody listens. A screen that opens later reads these events from the store, except the entries under a
            # team's name: they may still have to wait.
            events = [event for event in events if event.entry_id and event.by is None]
        found = [await self._story(event) for event in events]
        stories = [story for story in found if story]
        self._emit([story for story in stories if not self._postpone(story)])

    def _signal_notices(self, notices: Sequence[Notification]) -> None:
        for at in {notice.at for notice in notices}:
            people = frozenset(notice.person_id for notice in notices if notice.at == at)
            wait = time_until(at, self._services.now()).total_seconds()
            asyncio.get_running_loop().call_later(wait, self.notices.emit, people)

    def _emit(self, stories: Sequence[Story]) -> None:
        if bulletin := tuple(News(story) for story in stories):
            self.bulletins.emit(bulletin)
            for news in bulletin:
                self.news.emit(news)

    def _postpone(self, story: Story) -> bool:
        """Return True if the story must wait. Its event is then queued for the moment when it may be shown."""
        wait = time_until(story.visible_from, self._services.now()).total_seconds()
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, lambda: self._changes.put_nowait([story.event]))
        return wait > 0

    async def _events(self, saved: Sequence[Document]) -> list[Event]:
        """Return the new Events, and those of the floods that have grown, because their rows show a count."""
        floods = {document.flood_id for document in saved if isinstance(document, HeldReport)}
        # An Event is saved again only to remove the name of somebody who has left: that is no news.
        events = [document for document in saved if isinstance(document, Event) and document.revision == 0]
        new_ids = {event.id for event in events}
        grown = [await self._services.feed.event(flood) for flood in floods - new_ids]
        return [*events, *(event for event in grown if event)]

    async def _story(self, event: Event) -> Story | None:
        """Return the Event with the documents that it names, or None if that fails: the others are still signalled."""
        try:
            story = await self._services.feed.with_notes(await self._services.feed.story(event))
            return await self._services.feed_rows.in_context(story)
        except Exception:
            log.exception('could not signal a saved change to the screens: event %s', event.id)
            return None
