"""The screen of the obstacle diary: obstacles, possibilities, and what became of them."""

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
from components.feed.rows import News
from components.obstacles.actions import ObstacleActions
from components.obstacles.list import ObstacleList, labels
from components.obstacles.row_types import Filter, FilterChoice, ObstacleRow, ViewOption
from components.obstacles.rows import obstacle_row
from components.shell.layout import StaffPages
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.button import ButtonLink

MOST_CARDS = 400
"""Cards that a browser may ask for."""


def register(pages: StaffPages) -> None:
    """Register /obstacles."""

    @pages.screen('/obstacles', lambda _: _('Obstacles'))
    async def build(screen: Screen) -> None:
        await ObstacleScreen(screen).build()


class ObstacleScreen:
    """An open diary and its filter, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._person = screen.visitor.person
        self._query = DiaryQuery()
        self._shown: dict[str, str | None] = {}
        self._claims: Mapping[str, str] = {}
        self._most, self._generation = MOST_SHOWN, 0
        self._actions = ObstacleActions(screen, weakly(self._changed))

    async def build(self) -> None:
        """Build the screen and follow the news."""
        news = NewsBuffer(self._show_news)
        self._screen.live.bulletins.subscribe(news.receive)
        self._screen.live.access.subscribe(self._update_reader)
        _, diary = self._screen._, self._screen.services.obstacle_diary
        self._reader = await self._screen.services.reader(self._person)
        self._query = await self._read(ui.context.client.request.query_params)
        listing = await diary.page(self._reader, self._query)
        with ui.element('div').classes('toolbar row'):
            ButtonLink(_('Log an obstacle'), '/log?kind=obstacle', 'plus').classes('main')
        self._list = ObstacleList(
            self._rows(listing.obstacles), self._person.id, labels(_), self._act,
            count=listing.total, resting=resting_words(listing.resting, _), wished=_query_values(self._query),
            views=_views(_), filters=await self._filters(), single=False,
            people=await self._screen.services.notifications.mentionable_names(self._person),
        )  # fmt: skip
        self._list.on('wish', self._choose)
        await news.release()

    async def _choose(self, event: GenericEventArguments) -> None:
        wish = event.args
        self._query = await self._read(wish)
        self._most = min(max(int(wish.get('most') or MOST_SHOWN), MOST_SHOWN), MOST_CARDS)
        self._generation = int(wish['generation'])
        await self._screen.attempt(lambda _: self._show(_claims(wish), self._most, self._generation))

    async def _show(self, claims: Mapping[str, str], most: int, generation: int) -> None:
        self._claims = claims
        listing = await self._screen.services.obstacle_diary.page(self._reader, self._query, claims, most)
        self._shown.clear()
        reminder = resting_words(listing.resting, self._screen._)
        self._list.show(self._rows(listing.obstacles), listing.total, reminder, generation)

    async def _act(self, event: GenericEventArguments) -> None:
        await self._actions.do(str(event.args['id']), str(event.args['act']), event.args.get('revision'))

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        events = [news.story.event for news in bulletin if news.story.event.topic is Topic.OBSTACLE]
        new = {event.entry_id for event in events if event.kind is EventKind.ENTRY_LOGGED}
        for entry_id in dict.fromkeys(event.entry_id for event in events if event.entry_id):
            await self._changed(entry_id, is_new=entry_id in new)

    async def _changed(self, entry_id: str, is_new: bool = False) -> None:
        """Update an obstacle, and those that were or are the same, because they show its teams, too."""
        pattern = self._shown.get(entry_id)
        same_before = {other for other, known in self._shown.items() if known is not None and known == pattern}
        same_now = await self._renew(entry_id, is_new)
        for other in (same_before | same_now) & self._shown.keys() - {entry_id}:
            await self._renew(other)

    async def _renew(self, entry_id: str, is_new: bool = False) -> set[str]:
        """Update, add or remove the card of one obstacle. Return the ids of those that are the same."""
        try:
            details = await self._screen.services.obstacle_diary.details(
                self._reader, entry_id, self._claims.get(entry_id, '')
            )
        except Refusal:  # withdrawn meanwhile, or not theirs to read
            self._shown.pop(entry_id, None)
            self._list.remove_card(entry_id)
            return set()
        if entry_id in self._shown:
            self._list.put(*self._rows([details]))
        # In the view of open obstacles, older ones stay behind "Show more".
        elif (is_new or self._query.view is not DiaryView.OPEN) and await self._is_in_view(entry_id):
            self._list.add(*self._rows([details]))
        return {entry.id for entry in details.pattern.entries} if details.pattern else set()

    async def _is_in_view(self, entry_id: str) -> bool:
        return await self._screen.services.obstacle_diary.shows(self._reader, self._query, entry_id)

    async def _update_reader(self, changed: Person | Device) -> None:
        """Reload the cards if the reader's team or role has changed, as both decide what they may read."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        reads_the_same = (changed.role, changed.team_id) == (self._person.role, self._person.team_id)
        self._person, self._reader = changed, await self._screen.services.reader(changed)
        if not reads_the_same:
            await self._show(self._claims, self._most, self._generation)

    def _rows(self, obstacles: Sequence[ObstacleDetails]) -> list[ObstacleRow]:
        self._shown |= {details.entry.id: details.obstacle.pattern_id for details in obstacles}
        return [obstacle_row(details, self._person) for details in obstacles]

    async def _read(self, values: Mapping[str, Any]) -> DiaryQuery:
        """Read the query of an address or of a browser, which is not trusted. Unknown values count as no filter."""
        view, kind, organisation = (str(values.get(name) or '') for name in ('view', 'kind', 'organisation'))
        kinds = {known.id for known in self._screen.services.catalogue.obstacle_kinds}
        organisations = await self._screen.services.obstacle_diary.organisations()
        return DiaryQuery(
            DiaryView(view) if view in set(DiaryView) else DiaryView.OPEN,
            kind if kind in kinds else None,
            organisation if organisation in organisations else None,
        )

    async def _filters(self) -> list[Filter]:
        _, services = self._screen._, self._screen.services
        kinds = {kind.id: kind.label.in_(_.language) for kind in services.catalogue.obstacle_kinds}
        names = {name: name for name in await services.obstacle_diary.organisations(_.language)}
        return [
            {'id': 'kind', 'label': _('Kind'), 'choices': _choices(_('Every kind'), kinds)},
            {'id': 'organisation', 'label': _('Organisation'), 'choices': _choices(_('Every organisation'), names)},
        ]


def _choices(every: str, labels: Mapping[str, str]) -> list[FilterChoice]:
    """Return the choices of a filter, with one for everything first."""
    return [{'id': '', 'label': every}, *(FilterChoice(id=id, label=label) for id, label in labels.items())]


def _views(_: Translator) -> list[ViewOption]:
    return [{'id': view.value, 'label': view_name(view, _), 'empty': emptiness(view, _)} for view in DiaryView]


def _query_values(query: DiaryQuery) -> dict[str, str]:
    return {'view': query.view.value, 'kind': query.kind or '', 'organisation': query.organisation or ''}


def _claims(wish: Mapping[str, Any]) -> dict[str, str]:
    """Return the claims that the phone has sent, by entry id."""
    claims = wish.get('claims')
    return {str(id): str(claim) for id, claim in [*claims.items()][:MOST_CLAIMS]} if isinstance(claims, dict) else {}
