"""One case on a screen, kept up to date, with the names of the others who have it open."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from app.domain.cases import Case
from app.domain.errors import NotFound
from app.domain.people import Device, Person
from app.services.feed import Story
from components.cases.choices import form_choices
from components.cases.labels import labels
from components.cases.state import case_state
from components.cases.state_types import CaseState
from components.cases.view import CaseView
from components.feed.rows import News
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen
from components.shell.weak_callback import weakly


class CasePanel:
    """The place for one case: on a screen of its own, or `embedded` beside a list that chooses which."""

    def __init__(self, screen: Screen, embedded: bool = False) -> None:
        self._screen = screen
        self._embedded = embedded
        self._person = screen.visitor.person
        self._case: Case | None = None
        self._related: set[str | None] = set()
        self._news = NewsBuffer(self._show_news)

    async def build(self, case: Case | None = None) -> None:
        """Add the panel to the current slot. It is empty until `show` chooses a case, unless one is given."""
        self._case = case
        self._client = ui.context.client
        screen = self._screen
        screen.live.bulletins.subscribe(self._news.receive)
        screen.live.lateness.subscribe(self._show_lateness)
        screen.live.access.subscribe(self._update_reader)
        screen.live.case_viewers.changed.subscribe(self._see)
        choices = await form_choices(screen.services, await screen.services.reader(self._person), screen._)
        self._view = CaseView(
            await self._state(),
            self._viewers(),
            choices,
            self._person.id,
            labels(screen._),
            self._embedded,
            weakly(self._refresh),
        )
        self._client.on_connect(self._enter)
        self._client.on_disconnect(self._leave)
        self._client.on_delete(self._forget)
        await self._news.release()

    async def show(self, case_id: str | None) -> None:
        """Show this case from now on, or none. Raise NotFound if there is no such case."""
        self._case = await self._screen.services.cases.get(case_id) if case_id else None
        self._view.learn(await self._state())
        self._enter()
        self._view.see(self._viewers())

    async def _state(self) -> CaseState | None:
        services, case = self._screen.services, self._case
        if case is None:
            return None
        steps = await services.case_timeline.of(case)
        self._related = {step.story.event.case_id for step in steps if step.story}
        return await case_state(services, case, await services.reader(self._person), steps)

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        if self._case and any(self._concerns(news.story, self._case) for news in bulletin):
            await self._refresh()

    async def _show_lateness(self, cases: Sequence[Case]) -> None:
        if self._case and any(case.id == self._case.id for case in cases):
            await self._refresh()

    def _concerns(self, story: Story, case: Case) -> bool:
        """Return True if something has happened to this case, or to one that counts in it or the other way round."""
        other = story.case
        if other is None:
            return False
        related = (other.id, other.merged_into, other.split_from)
        return case.id in related or other.id in (case.merged_into, case.split_from, *self._related)

    async def _refresh(self) -> None:
        if self._case is None:
            return
        try:
            await self.show(self._case.id)
        except NotFound:
            await self.show(None)

    async def _update_reader(self, changed: Person | Device) -> None:
        """Show the case again if the reader's role or team has changed: they decide what can be read and done."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        is_same = (changed.role, changed.team_id) == (self._person.role, self._person.team_id)
        self._person = changed
        if self._case and not is_same:
            await self._refresh()

    def _enter(self) -> None:
        viewers = self._screen.live.case_viewers
        if self._case and self._client.has_socket_connection:
            viewers.enter(self._client, self._case.id, self._person)
        else:
            viewers.leave(self._client)

    def _leave(self) -> None:
        if not self._client.has_socket_connection:
            self._screen.live.case_viewers.leave(self._client)

    def _forget(self) -> None:
        self._screen.live.case_viewers.leave(self._client)

    def _see(self, case_id: str) -> None:
        if self._case and self._case.id == case_id:
            self._view.see(self._viewers())

    def _viewers(self) -> str:
        names = self._screen.live.case_viewers.others(self._case.id, self._person.id) if self._case else ()
        if not names:
            return ''
        return self._screen._.plural(
            '{names} has this case open, too', '{names} have this case open, too', len(names), names=', '.join(names)
        )
