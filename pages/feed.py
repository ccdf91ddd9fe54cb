"""The live feed: every Event, newest first, and what can be done about the open cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments, ValueChangeEventArguments

from app.domain.events import Topic
from app.domain.people import Person
from app.language import Translator
from app.services.feed import Filter
from app.store.base import Page
from components.feed import CaseList, FeedList
from components.frame import Frame, Screen
from components.rows import News, Row, case_row, story_row
from components.wording import topic_name

STYLE = (Path(__file__).parents[1] / 'components' / 'css' / 'feed.css').read_text()
ALL = ''


def register(frame: Frame) -> None:
    """Register /feed."""

    @frame.screen('/feed', lambda _: _('What is happening'), wide=True)
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        await FeedScreen(screen).build()


class FeedScreen:
    """One open feed: what it shows, and what reaches it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._language = screen.visitor.person.language
        self._chosen = Filter()

    async def build(self) -> None:
        """Build the screen and listen for news."""
        self._chosen = await self._from_address()
        with ui.element('div').classes('feed-screen'):
            with ui.element('div').classes('feed-cases'):
                self._cases = CaseList(await self._open_cases(), _labels(self._screen._), self._act)
            with ui.element('div').classes('feed-main'):
                await self._filters()
                self._feed = FeedList(*await self._rows(), _labels(self._screen._), self._older, self._act)
        self._screen.live.news.subscribe(self._hear)

    def _hear(self, news: News) -> None:
        row = news.row(self._language)
        if self._chosen.lets_through(news.story.event):
            self._feed.arrive(row)
        if row['case']:
            self._cases.put(row['case'])

    async def _filters(self) -> None:
        _ = self._screen._
        topics = {ALL: _('Everything'), **{topic.value: topic_name(topic, _) for topic in Topic}}
        teams = {ALL: _('Every team'), **{team.id: team.name for team in await self._screen.house.people.teams()}}
        with ui.element('div').classes('filters'):
            _select(topics, _('Show'), self._chosen.topic or ALL, self._choose_topic)
            _select(teams, _('Team'), self._chosen.team_id or ALL, self._choose_team)

    async def _choose_topic(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(Filter(Topic(event.value) if event.value else None, self._chosen.team_id))

    async def _choose_team(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(Filter(self._chosen.topic, event.value or None))

    async def _choose(self, chosen: Filter) -> None:
        self._chosen = chosen
        ui.navigate.history.replace(_address(chosen))
        self._feed.restart(*await self._rows())

    async def _older(self, event: GenericEventArguments) -> None:
        self._feed.append(*await self._rows(str(event.args['before'])))

    async def _act(self, event: GenericEventArguments) -> None:
        case_id = str(event.args['case'])
        if not await self._screen.attempt(self._deed(str(event.args['verb']), case_id)):
            self._feed.settle(case_id)
            self._cases.settle(case_id)

    def _deed(self, verb: str, case_id: str) -> Callable[[Person], Awaitable[object]]:
        cases = self._screen.house.cases
        act = {'acknowledge': cases.acknowledge, 'resolve': cases.resolve}[verb]
        return lambda person: act(person, case_id)

    async def _rows(self, before: str | None = None) -> tuple[list[Row], str | None]:
        page: Page[Any] = await self._screen.house.feed.page(self._chosen, before)
        stories = await self._screen.house.feed.stories(page.documents)
        return [story_row(story, self._screen._) for story in stories], page.older

    async def _open_cases(self) -> list[Row]:
        house = self._screen.house
        return [case_row(await house.feed.about(case), self._screen._) for case in await house.cases.open()]

    async def _from_address(self) -> Filter:
        asked = ui.context.client.request.query_params
        topic, team = asked.get('topic', ''), asked.get('team', '')
        teams = {known.id for known in await self._screen.house.people.teams()}
        return Filter(Topic(topic) if topic in set(Topic) else None, team if team in teams else None)


def _select(options: dict[str, str], label: str, value: str, on_change: Callable[..., Awaitable[None]]) -> None:
    ui.select(options, label=label, value=value, on_change=on_change).props('outlined options-dense=false').classes(
        'grow'
    )


def _address(chosen: Filter) -> str:
    asked = (('topic', chosen.topic), ('team', chosen.team_id))
    return '/feed?' + '&'.join(f'{name}={value}' for name, value in asked if value)


def _labels(_: Translator) -> dict[str, str]:
    return {
        'feed': _('What is happening'),
        'empty': _('Nothing here yet. What residents report and colleagues log will appear here by itself.'),
        'unread': _('new, show'),
        'loading': _('Fetching older ones …'),
        'today': _('Today'),
        'yesterday': _('Yesterday'),
        'justNow': _('just now'),
        'cases': _('Open cases'),
        'none': _('No open cases. Well done.'),
    }
