"""The screen of the cases: what is to do, waits, is late or over, and on a tablet one case beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.domain.cases import Case
from app.domain.errors import NotFound
from app.domain.people import Device, Person
from app.services.case_filter import CaseFilter
from app.services.case_list import CasePage, ListedCase
from components.cases.list import CaseTable, labels
from components.cases.list_choices import several_choices, several_labels
from components.cases.list_filters import address_values, list_filters, read_filter, view_tabs
from components.cases.list_rows import list_row
from components.cases.list_types import ListRow
from components.cases.panel import CasePanel
from components.feed.rows import News
from components.shell.layout import StaffPages
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen


def register(pages: StaffPages) -> None:
    """Register /cases."""

    @pages.screen('/cases', lambda _: _('Cases'), wide=True)
    async def build(screen: Screen) -> None:
        await CasesScreen(screen).build()


class CasesScreen:
    """An open list of cases and its filter, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._person = screen.visitor.person
        self._chosen = CaseFilter()
        self._generation = 0
        self._news = NewsBuffer(self._show_news)

    async def build(self) -> None:
        """Build the screen and follow the news."""
        self._screen.live.bulletins.subscribe(self._news.receive)
        self._screen.live.lateness.subscribe(self._show_cases)
        self._screen.live.access.subscribe(self._update_reader)
        query = ui.context.client.request.query_params
        self._chosen = await read_filter(query, self._screen.services)
        shown = await self._numbered(query.get('case', ''))
        with ui.element('div').classes('cases-screen'):
            with ui.element('div').classes('cases-list'):
                self._table = await self._build_table(shown)
            with ui.element('div').classes('cases-beside'):
                self._panel = CasePanel(self._screen, embedded=True)
                await self._panel.build(shown)
        await self._news.release()

    async def _build_table(self, shown: Case | None) -> CaseTable:
        _, services, page = self._screen._, self._screen.services, await self._page()
        wished = address_values(self._chosen) | ({'case': shown.number} if shown else {})
        return CaseTable(
            self._rows(page.rows), page.older, _counts(page), self._choose, self._older, self._open,
            wished=wished, views=view_tabs(_), filters=await list_filters(services, self._person, _),
            choices=await several_choices(services, self._person, _), person=self._person.id, labels=labels(_),
            actLabels=several_labels(_),
        )  # fmt: skip

    async def _choose(self, event: GenericEventArguments) -> None:
        self._generation = generation = int(event.args['generation'])
        self._chosen = await read_filter(event.args['query'], self._screen.services)
        self._news.pause()
        await self._screen.attempt(lambda _: self._restart(generation))
        if generation == self._generation:
            await self._news.release()

    async def _restart(self, generation: int) -> None:
        page = await self._page()
        if generation == self._generation:
            self._table.restart(self._rows(page.rows), page.older, _counts(page), generation)

    async def _older(self, event: GenericEventArguments) -> None:
        before, generation = str(event.args['before']), int(event.args['generation'])
        is_current = generation == self._generation
        if not (is_current and await self._screen.attempt(lambda _: self._append(before, generation))):
            self._table.pause(generation)

    async def _append(self, before: str, generation: int) -> None:
        page = await self._page(before)
        self._table.append(self._rows(page.rows), page.older, generation)

    async def _open(self, event: GenericEventArguments) -> None:
        case = await self._numbered(str(event.args['number']))
        await self._screen.attempt(lambda _: self._panel.show(case.id if case else None))

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        cases = {news.story.case.id: news.story.case for news in bulletin if news.story.case}
        if cases:
            await self._show_cases(tuple(cases.values()))

    async def _show_cases(self, cases: Sequence[Case]) -> None:
        generation = self._generation
        page = await self._screen.services.case_list.update(self._person, self._chosen, cases)
        if generation == self._generation:
            self._table.put(self._rows(page.rows), _counts(page))

    async def _update_reader(self, changed: Person | Device) -> None:
        """Load the rows anew if the reader's team has changed, as it is what they see first."""
        if not (isinstance(changed, Person) and changed.id == self._person.id):
            return
        is_moved = changed.team_id != self._person.team_id
        self._person = changed
        if is_moved:
            await self._restart(self._generation)

    async def _page(self, before: str | None = None) -> CasePage:
        return await self._screen.services.case_list.page(self._person, self._chosen, before)

    async def _numbered(self, number: str) -> Case | None:
        try:
            return await self._screen.services.cases.numbered(number) if number else None
        except NotFound:
            return None

    def _rows(self, cases: Sequence[ListedCase]) -> list[ListRow]:
        now = self._screen.services.now()
        return [list_row(listed, self._person, now) for listed in cases]


def _counts(page: CasePage) -> dict[str, int]:
    return {view.value: count for view, count in page.counts.items()}
