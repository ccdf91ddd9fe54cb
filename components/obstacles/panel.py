"""Show one obstacle on the page of its entry: its state, who shares it, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.events import GenericEventArguments

from app.domain.entries import Entry
from app.domain.errors import Refusal
from components.feed.rows import News
from components.obstacles.actions import ObstacleActions
from components.obstacles.list import ObstacleList, labels
from components.obstacles.row_types import ObstacleRow
from components.obstacles.rows import obstacle_row
from components.shell.screen import Screen
from components.shell.weak_callback import weakly


class ObstaclePanel:
    """The panel of an entry that is an obstacle, kept up to date: `await ObstaclePanel(screen, entry).build()`."""

    def __init__(self, screen: Screen, entry: Entry) -> None:
        self._screen = screen
        self._entry = entry
        self._actions = ObstacleActions(screen, weakly(self._changed))

    async def build(self) -> None:
        """Add the panel to the current slot."""
        self._screen.live.bulletins.subscribe(self._show_news)
        person = self._screen.visitor.person
        words = labels(self._screen._)
        self._list = ObstacleList([await self._row()], person.id, words, self._act, single=True)

    async def _act(self, event: GenericEventArguments) -> None:
        await self._actions.do(self._entry.id, str(event.args['act']), event.args.get('revision'))

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        if any(news.story.event.entry_id == self._entry.id for news in bulletin):
            await self._changed(self._entry.id)

    async def _changed(self, entry_id: str) -> None:
        try:
            self._list.put(await self._row())
        except Refusal:  # withdrawn meanwhile, or no longer theirs to read
            self._list.remove_card(entry_id)

    async def _row(self) -> ObstacleRow:
        person = await self._screen.person()
        reader = await self._screen.services.reader(person)
        return obstacle_row(await self._screen.services.obstacle_diary.details(reader, self._entry.id), person)
