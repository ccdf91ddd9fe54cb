"""The obstacle diary: what stands in the way, what could be possible, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.domain.errors import Refusal
from app.domain.events import EventKind, Topic
from app.domain.people import Device, Person
from app.i18n import Translator
from app.services.obstacle_details import ObstacleDetails
from app.services.obstacle_diary import MOST_CLAIMS, MOST_SHOWN, DiaryQuery, DiaryView
from app.wording.obstacles import emptiness, resting_words, view_name
from components.feed.rows import News, Row
from components.obstacles.actions import ObstacleActions
from components.obstacles.list import ObstacleList, labels
from components.obstacles.rows import obstacle_row
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.button import ButtonLink

MOST_AT_ONCE = 400
"""Cards that a browser may ask for."""


def register(frame: StaffPages) -> None:
    """Register /obstacles."""

    @frame.screen('/obstacles', lambda _: _('Obstacles'))
    async def build(screen: Screen) -> None:
        await ObstacleScreen(screen).build()


class ObstacleScreen:
    """One open diary: what it shows, and what reaches it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._person = screen.visitor.person
        self._wish = DiaryQuery()
        self._shown: dict[str, str | None] = {}
        self._claims: Mapping[str, str] = {}
        self._most, self._generation = MOST_SHOWN, 0
        self._early: list[News] | None = []
        self._acts = ObstacleActions(screen, self._changed)

    async def build(self) -> None:
        """Listen for news and build the screen; what comes meanwhile is shown once there are cards."""
        self._screen.live.bulletins.subscribe(self._hear)
        self._screen.live.access.subscribe(self._learn_who_reads)
        _, diary = self._screen._, self._screen.services.obstacle_diary
        self._reader = await self._screen.services.context.reader(self._person)
        self._wish = await self._read(ui.context.client.request.query_params)
        listing = await diary.page(self._reader, self._wish)
        with ui.element('div').classes('toolbar row'):
            ButtonLink(_('Log an obstacle'), '/log?kind=obstacle', 'plus').classes('main')
        self._list = ObstacleList(
            self._rows(listing.standings), self._person.id, labels(_), self._act,
            count=listing.total, resting=resting_words(listing.resting, _), wished=_asked(self._wish),
            views=_views(_), filters=await self._filters(), single=False,
            people=await self._screen.services.notifications.names(self._person),
        )  # fmt: skip
        self._list.on('wish', self._choose)
        early, self._early = self._early or [], None
        await self._hear(early)

    async def _choose(self, event: GenericEventArguments) -> None:
        asked = event.args
        self._wish = await self._read(asked)
        self._most = min(max(int(asked.get('most') or MOST_SHOWN), MOST_SHOWN), MOST_AT_ONCE)
        self._generation = int(asked['generation'])
        await self._screen.attempt(lambda _: self._show(_claims(asked), self._most, self._generation))

    async def _show(self, claims: Mapping[str, str], most: int, generation: int) -> None:
        self._claims = claims
        listing = await self._screen.services.obstacle_diary.page(self._reader, self._wish, claims, most)
        self._shown.clear()
        reminder = resting_words(listing.resting, self._screen._)
        self._list.show(self._rows(listing.standings), listing.total, reminder, generation)

    async def _act(self, event: GenericEventArguments) -> None:
        await self._acts.do(str(event.args['id']), str(event.args['act']), event.args.get('revision'))

    async def _hear(self, bulletin: Sequence[News]) -> None:
        if self._early is not None:
            self._early += bulletin
            return
        events = [news.story.event for news in bulletin if news.story.event.topic is Topic.OBSTACLE]
        new = {event.entry_id for event in events if event.kind is EventKind.ENTRY_LOGGED}
        for entry_id in dict.fromkeys(event.entry_id for event in events if event.entry_id):
            await self._changed(entry_id, is_new=entry_id in new)

    async def _changed(self, entry_id: str, is_new: bool = False) -> None:
        """Show an obstacle as it is now, and with it those that were or are the same: they show its teams, too."""
        pattern = self._shown.get(entry_id)
        were = {other for other, known in self._shown.items() if known is not None and known == pattern}
        are = await self._renew(entry_id, is_new)
        for other in (were | are) & self._shown.keys() - {entry_id}:
            await self._renew(other)

    async def _renew(self, entry_id: str, is_new: bool = False) -> set[str]:
        """Show one obstacle as it is now. Those that are the same."""
        try:
            standing = await self._screen.services.obstacle_diary.standing(
                self._reader, entry_id, self._claims.get(entry_id, '')
            )
        except Refusal:  # withdrawn meanwhile, or not theirs to read
            self._shown.pop(entry_id, None)
            self._list.take(entry_id)
            return set()
        if entry_id in self._shown:
            self._list.put(*self._rows([standing]))
        # What is older than what is shown stays behind "Show more".
        elif (is_new or self._wish.view is not DiaryView.OPEN) and await self._belongs(entry_id):
            self._list.add(*self._rows([standing]))
        return {entry.id for entry in standing.pattern.entries} if standing.pattern else set()

    async def _belongs(self, entry_id: str) -> bool:
        return await self._screen.services.obstacle_diary.shows(self._reader, self._wish, entry_id)

    async def _learn_who_reads(self, changed: Person | Device) -> None:
        """Somebody who comes into another team reads what that one does, and who leads no more, what is covered."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        reads_the_same = (changed.role, changed.team_id) == (self._person.role, self._person.team_id)
        self._person, self._reader = changed, await self._screen.services.context.reader(changed)
        if not reads_the_same:
            await self._show(self._claims, self._most, self._generation)

    def _rows(self, standings: Sequence[ObstacleDetails]) -> list[Row]:
        self._shown |= {standing.entry.id: standing.obstacle.pattern_id for standing in standings}
        return [obstacle_row(standing, self._person) for standing in standings]

    async def _read(self, asked: Mapping[str, Any]) -> DiaryQuery:
        """What is asked for in an address, or by a browser that is not to be trusted; nothing stands for all."""
        view, kind, organisation = (str(asked.get(name) or '') for name in ('view', 'kind', 'organisation'))
        kinds = {known.id for known in self._screen.services.context.lists.obstacle_kinds}
        organisations = await self._screen.services.obstacle_diary.organisations()
        return DiaryQuery(
            DiaryView(view) if view in set(DiaryView) else DiaryView.OPEN,
            kind if kind in kinds else None,
            organisation if organisation in organisations else None,
        )

    async def _filters(self) -> list[Row]:
        _, services = self._screen._, self._screen.services
        kinds = [{'id': kind.id, 'label': kind.label.in_(_.language)} for kind in services.context.lists.obstacle_kinds]
        organisations = [{'id': name, 'label': name} for name in await services.obstacle_diary.organisations()]
        return [
            {'id': 'kind', 'label': _('Kind'), 'choices': [{'id': '', 'label': _('Every kind')}, *kinds]},
            {
                'id': 'organisation',
                'label': _('Organisation'),
                'choices': [{'id': '', 'label': _('Every organisation')}, *organisations],
            },
        ]


def _views(_: Translator) -> list[Row]:
    return [{'id': view.value, 'label': view_name(view, _), 'empty': emptiness(view, _)} for view in DiaryView]


def _asked(wish: DiaryQuery) -> dict[str, str]:
    return {'view': wish.view.value, 'kind': wish.kind or '', 'organisation': wish.organisation or ''}


def _claims(asked: Mapping[str, Any]) -> dict[str, str]:
    """The claims that a phone shows, by the entries' ids."""
    claims = asked.get('claims')
    return {str(id): str(claim) for id, claim in [*claims.items()][:MOST_CLAIMS]} if isinstance(claims, dict) else {}
