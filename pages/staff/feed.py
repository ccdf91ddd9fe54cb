"""The screen of the live feed: what happens, the newest first, and the open cases with their buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from nicegui import ui
from nicegui.events import GenericEventArguments, ValueChangeEventArguments

from app.domain.cases import Case
from app.domain.catalogue import Tone
from app.domain.events import Showing, Topic
from app.domain.people import Device, Person
from app.i18n import Translator
from app.services.feed_rows import RowFilter
from components import CSS
from components.feed.filters import FeedFilters, address, read_filter, whose, with_whose
from components.feed.lists import CHOICE, MOST_CASES, CaseList, FeedList
from components.feed.row_types import CaseRow, FeedRow
from components.feed.rows import News, case_row, story_row
from components.shell.layout import StaffPages
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen
from components.ui.long_text import fold_words

STYLE = (CSS / 'staff' / 'feed.css').read_text(encoding='utf-8')
TONES = (Tone.URGENT, Tone.FULL, Tone.NOTICE)
"""The order of the open cases, which the browser keeps."""


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
        self._chosen = RowFilter()
        self._generation = 0
        self._news = NewsBuffer(self._show_news)

    async def build(self) -> None:
        """Build the screen and follow the news."""
        _, request = self._screen._, ui.context.client.request
        self._screen.live.bulletins.subscribe(self._news.receive)
        self._reader = await self._screen.services.reader(self._person)
        self._screen.live.access.subscribe(self._update_reader)
        teams = {team.id: team.name for team in await self._screen.services.people.teams(_.language)}
        self._chosen = read_filter(request.query_params, request.cookies.get(CHOICE, ''), teams, self._person)
        with ui.element('div').classes('feed-screen') as self._columns:
            with ui.element('div').classes('feed-cases'):
                self._cases = CaseList(*await self._open_cases(), _labels(_), self._act)
            with ui.element('div').classes('feed-main'):
                self._filters = FeedFilters(self._chosen, teams, _, self._choose_whose, self._choose_topic)
                self._feed = FeedList(*await self._rows(), _labels(_), self._older)
        self._show_filter()
        await self._news.release()

    def _show_news(self, bulletin: Sequence[News]) -> None:
        readable = [news for news in bulletin if news.story.is_readable_by(self._reader)]
        shown = [news for news in readable if self._chosen.shows(news.story)]
        rows = [news.row(self._person) for news in shown if news.story.event.showing is Showing.ROW]
        folded = [news.row(self._person) for news in shown if news.story.event.showing is Showing.FOLDED]
        if rows or folded:
            self._feed.arrive(rows, folded)
        cards = [card for news in readable if news.story.case and (card := self._card(news, news.story.case))]
        if cards:
            self._cases.put(list({card['id']: card for card in cards}.values()))

    def _card(self, news: News, case: Case) -> CaseRow | None:
        """Return the case for the list beside the feed: one that went to another team leaves it. None: not its case."""
        if self._chosen.shows_case(case):
            return news.case(self._person)
        return {**news.case(self._person), 'open': False} if self._chosen.has_shown_case(case) else None

    async def _update_reader(self, changed: Person | Device) -> None:
        """Reload the rows if the reader's team or role has changed, as both decide what they may read."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        reads_the_same = (changed.role, changed.team_id) == (self._person.role, self._person.team_id)
        self._person, self._reader = changed, await self._screen.services.reader(changed)
        if not reads_the_same:
            await self._choose(with_whose(self._chosen, whose(self._chosen), changed))

    async def _choose_topic(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(replace(self._chosen, topic=Topic(event.value) if event.value else None))

    async def _choose_whose(self, event: ValueChangeEventArguments[str]) -> None:
        await self._choose(with_whose(self._chosen, event.value, self._person))

    async def _choose(self, chosen: RowFilter) -> None:
        self._chosen = chosen
        self._generation = generation = self._generation + 1
        self._news.pause()
        await self._screen.attempt(lambda _: self._restart(generation))
        if generation == self._generation:
            await self._news.release()

    async def _restart(self, generation: int) -> None:
        rows, older = await self._rows()
        cases, hidden = await self._open_cases()
        if generation == self._generation:
            ui.navigate.history.replace(address(self._chosen))
            self._feed.restart(rows, older, generation)
            self._feed.remember(whose(self._chosen))
            self._cases.restart(cases, hidden)
            self._show_filter()

    def _show_filter(self) -> None:
        self._filters.show(self._chosen)
        has_cases = self._chosen.topic in (None, Topic.CASES)
        self._columns.classes(remove='alone') if has_cases else self._columns.classes(add='alone')

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
        if not done:
            self._cases.settle(case_id)
        elif verb == 'resolve':
            self._cases.offer_undo(case_id)

    def _case_act(self, verb: str, case_id: str) -> Callable[[Person], Awaitable[object]]:
        cases = self._screen.services.cases
        act = {'acknowledge': cases.acknowledge, 'resolve': cases.resolve, 'reopen': cases.reopen}[verb]
        return lambda person: act(person, case_id)

    async def _rows(self, before: str | None = None) -> tuple[list[FeedRow], str | None]:
        page = await self._screen.services.feed_rows.page(self._reader, self._chosen, before)
        return [story_row(story, self._person) for story in page.stories], page.older

    async def _open_cases(self) -> tuple[list[CaseRow], int]:
        """Return the cases to list beside the feed, the most urgent first, and how many more are open."""
        services = self._screen.services
        found = [case for case in await services.cases.open(self._chosen.team_id) if self._chosen.shows_case(case)]
        first = sorted(found, key=self._urgency)[:MOST_CASES]
        rows = [case_row(await services.feed.about(case), self._screen._, self._person) for case in first]
        return rows, len(found) - len(rows)

    def _urgency(self, case: Case) -> tuple[int, datetime]:
        return TONES.index(self._screen.services.catalogue.problem(case.problem).tone), case.opened_at


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
        'allCases': _('All open cases'),
        'undo': _('Undo'),
        **fold_words(_),
    }
