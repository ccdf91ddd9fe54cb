"""The screen of the live feed: every Event, the newest first, and the open cases with their buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui
from nicegui.events import GenericEventArguments, ValueChangeEventArguments

from app.domain.cases import Case
from app.domain.events import Showing, Topic
from app.domain.people import Device, Person
from app.i18n import Translator
from app.services.feed import FeedFilter
from app.wording.feed import topic_name
from components import CSS
from components.feed.lists import CaseList, FeedList
from components.feed.row_types import CaseRow, FeedRow
from components.feed.rows import News, case_row, story_row
from components.shell.layout import StaffPages
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen
from components.ui.long_text import fold_words
from components.ui.select import Select

STYLE = (CSS / 'staff' / 'feed.css').read_text(encoding='utf-8')
ALL = ''


def register(pages: StaffPages) -> None:
    """Register /feed."""

    @pages.screen('/feed', lambda _: _('What is happening'), wide=True)
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        await FeedScreen(screen).build()


class FeedScreen:
    """An open feed and its filter, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._person = screen.visitor.person
        self._chosen = FeedFilter()
        self._team_of_cases: str | None = None
        self._generation = 0
        self._news = NewsBuffer(self._show_news)

    async def build(self) -> None:
        """Build the screen and follow the news."""
        self._screen.live.bulletins.subscribe(self._news.receive)
        self._reader = await self._screen.services.reader(self._person)
        self._screen.live.access.subscribe(self._update_reader)
        self._chosen = await self._from_address()
        self._team_of_cases = self._chosen.team_id
        with ui.element('div').classes('feed-screen'):
            with ui.element('div').classes('feed-cases'):
                self._cases = CaseList(await self._open_cases(), _labels(self._screen._), self._act)
            with ui.element('div').classes('feed-main'):
                await self._filters()
                self._feed = FeedList(*await self._rows(), _labels(self._screen._), self._older, self._act)
        await self._news.release()

    def _show_news(self, bulletin: Sequence[News]) -> None:
        readable = [news for news in bulletin if news.story.is_readable_by(self._reader)]
        rows = [(news.story.event, news.row(self._person)) for news in readable]
        shown = [(event, row) for event, row in rows if self._chosen.matches(event)]
        self._feed.arrive(
            [row for event, row in shown if event.showing is Showing.ROW],
            [row for event, row in shown if event.showing is Showing.FOLDED],
        )
        about = [news for news in readable if news.story.case and self._is_of_team(news.story.case)]
        cases = [row['case'] for news in about if (row := news.row(self._person))]
        self._cases.put(list({case['id']: case for case in cases if case}.values()))

    def _is_of_team(self, case: Case) -> bool:
        return self._chosen.team_id in (None, case.team_id)

    async def _update_reader(self, changed: Person | Device) -> None:
        """Reload the rows if the reader's team or role has changed, as both decide what they may read."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        reads_the_same = (changed.role, changed.team_id) == (self._person.role, self._person.team_id)
        self._person, self._reader = changed, await self._screen.services.reader(changed)
        if not reads_the_same:
            await self._choose(self._chosen)

    async def _filters(self) -> None:
        _ = self._screen._
        topics = {ALL: _('Everything'), **{topic.value: topic_name(topic, _) for topic in Topic}}
        teams = {
            ALL: _('Every team'),
            **{team.id: team.name for team in await self._screen.services.people.teams(_.language)},
        }
        with ui.element('div').classes('filters'):
            Select(_('Show'), topics, self._chosen.topic or ALL, on_change=self._choose_topic)
            Select(_('Team'), teams, self._chosen.team_id or ALL, on_change=self._choose_team)

    async def _choose_topic(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(FeedFilter(Topic(event.value) if event.value else None, self._chosen.team_id))

    async def _choose_team(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(FeedFilter(self._chosen.topic, event.value or None))

    async def _choose(self, chosen: FeedFilter) -> None:
        self._chosen = chosen
        self._generation = generation = self._generation + 1
        self._news.pause()
        await self._screen.attempt(lambda _: self._restart(generation))
        if generation == self._generation:
            await self._news.release()

    async def _restart(self, generation: int) -> None:
        rows, older = await self._rows()
        cases = await self._open_cases() if self._chosen.team_id != self._team_of_cases else None
        if generation == self._generation:
            ui.navigate.history.replace(_address(self._chosen))
            self._feed.restart(rows, older, generation)
            if cases is not None:
                self._team_of_cases = self._chosen.team_id
                self._cases.restart(cases)

    async def _older(self, event: GenericEventArguments) -> None:
        before, generation = str(event.args['before']), int(event.args['generation'])
        is_current = generation == self._generation
        if not (is_current and await self._screen.attempt(lambda _: self._append(before, generation))):
            self._feed.pause(generation)

    async def _append(self, before: str, generation: int) -> None:
        self._feed.append(*await self._rows(before), generation)

    async def _act(self, event: GenericEventArguments) -> None:
        case_id, verb = str(event.args['case']), str(event.args['verb'])
        done = await self._screen.attempt(self._case_act(verb, case_id))
        for shown in (self._feed, self._cases):
            if not done:
                shown.settle(case_id)
            elif verb == 'resolve':
                shown.offer_undo(case_id)

    def _case_act(self, verb: str, case_id: str) -> Callable[[Person], Awaitable[object]]:
        cases = self._screen.services.cases
        act = {'acknowledge': cases.acknowledge, 'resolve': cases.resolve, 'reopen': cases.reopen}[verb]
        return lambda person: act(person, case_id)

    async def _rows(self, before: str | None = None) -> tuple[list[FeedRow], str | None]:
        page = await self._screen.services.feed.readable_page(self._reader, self._chosen, before)
        return [story_row(story, self._person) for story in page.stories], page.older

    async def _open_cases(self) -> list[CaseRow]:
        services = self._screen.services
        found = await services.cases.open(self._chosen.team_id)
        return [case_row(await services.feed.about(case), self._screen._, self._person) for case in found]

    async def _from_address(self) -> FeedFilter:
        query = ui.context.client.request.query_params
        topic, team = query.get('topic', ''), query.get('team', '')
        teams = {known.id for known in await self._screen.services.people.teams()}
        return FeedFilter(Topic(topic) if topic in set(Topic) else None, team if team in teams else None)


def _address(chosen: FeedFilter) -> str:
    query = (('topic', chosen.topic), ('team', chosen.team_id))
    return '?'.join(filter(None, ('/feed', '&'.join(f'{name}={value}' for name, value in query if value))))


def _labels(_: Translator) -> dict[str, str]:
    return {
        'feed': _('What is happening'),
        'empty': _('Nothing here yet. What residents report and colleagues log will appear here by itself.'),
        'news': _('{count} new'),
        'unreadOne': _('Show 1 new'),
        'unreadMany': _('Show {count} new'),
        'happened': _('Happened {when}'),
        'open': _('Open'),
        'loading': _('Fetching older ones …'),
        'today': _('Today'),
        'yesterday': _('Yesterday'),
        'justNow': _('just now'),
        'cases': _('Open cases'),
        'none': _('No open cases.'),
        'undo': _('Undo'),
        **fold_words(_),
    }
