"""Show the periods of each problem, for all things and for those kinds of thing that have their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from app.domain.catalogue import Problem
from app.domain.people import Person
from app.domain.periods import Periods, ProblemPeriods
from app.services.deadlines import DeadlineRules
from app.wording.deadlines import period_words
from components.settings.period_form import add_periods, edit_periods
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.accordion import Accordion, AccordionItem
from components.ui.button import Button
from components.ui.text import Text


class PeriodLists:
    """The list of problems. Each shows its periods when it is opened."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._opened: dict[str, ProblemPeriodRows] = {}

    async def build(self) -> None:
        """Add the list to the current slot."""
        self._list = Accordion(self._screen._, self._screen._('Find a problem'))
        await self.refresh()

    async def refresh(self) -> None:
        """Show the periods as they are now."""
        rules = await self._screen.services.deadlines.rules()
        self._list.fill({one.id: self._item(one, rules) for one in self._screen.services.catalogue.problems})
        for rows in self._opened.values():
            await rows.refresh()

    def _item(self, problem: Problem, rules: DeadlineRules) -> AccordionItem:
        _, fill = self._screen._, weakly(self._fill)
        words = period_words(rules.periods(problem.id), _)
        return AccordionItem(problem.state.in_(_.language), words, lambda: fill(problem))

    async def _fill(self, problem: Problem) -> None:
        rows = self._opened[problem.id] = ProblemPeriodRows(self._screen, problem, weakly(self.refresh))
        await rows.refresh()


class ProblemPeriodRows:
    """The rows of one problem: for all things first, then for each kind of thing that has its own periods.

    A kind whose own periods are taken back keeps its row, so that this can be undone.
    """

    def __init__(self, screen: Screen, problem: Problem, then: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._problem = problem
        self._then = then
        self._taken_back: dict[str | None, Periods] = {}
        self._rows = ui.element('ul').classes('things')
        Button(screen._('Other times for a kind of thing'), self._add, 'plus')

    async def refresh(self) -> None:
        """Show the periods as they are now."""
        services = self._screen.services
        rules, set_here = await services.deadlines.rules(), await services.problem_periods.of_problem(self._problem.id)
        kinds = [kind for kind in services.catalogue.asset_kinds if self._has_own(kind.id, set_here)]
        names: dict[str | None, str] = {None: self._screen._('All things')}
        names |= {kind.id: self._label(kind.id) for kind in kinds}
        self._rows.clear()
        with self._rows:
            for kind, name in names.items():
                self._row(kind, name, rules.periods(self._problem.id, kind), set_here)

    def _has_own(self, kind: str, set_here: dict[str | None, ProblemPeriods]) -> bool:
        usual = self._screen.services.catalogue.asset_kind(kind).periods
        return kind in set_here or kind in self._taken_back or self._problem.id in usual

    def _row(self, kind: str | None, name: str, periods: Periods, set_here: dict[str | None, ProblemPeriods]) -> None:
        _ = self._screen._
        with ui.element('li').classes('device'):
            with ui.element('div').classes('grow'):
                Text('p', name)
                Text('p', period_words(periods, _)).classes('thing-detail')
            with ui.element('div').classes('row'):
                Button(_('Edit'), partial(self._edit, kind, name, periods), named=_('Edit {name}', name=name))
                if kind in set_here:
                    take_back = _('As usual') if kind is None else _('As all things')
                    Button(take_back, partial(self._take_back, kind), named=f'{take_back}: {name}')
                elif kind in self._taken_back:
                    Button(_('Undo'), partial(self._undo, kind), named=_('Undo: {step}', step=name))

    async def _add(self) -> None:
        await add_periods(self._screen, self._problem, self._then)

    async def _edit(self, kind: str | None, name: str, periods: Periods) -> None:
        await edit_periods(self._screen, self._problem, kind, name, periods, self._then)

    async def _take_back(self, kind: str | None) -> None:
        service = self._screen.services.problem_periods
        periods = (await service.get(self._problem.id, kind)).periods

        async def take_back(lead: Person) -> None:
            await service.change(lead, self._problem.id, kind, None)

        if periods is not None and await self._screen.attempt(take_back, self._screen._('Saved')):
            self._taken_back[kind] = periods
            await self._then()

    async def _undo(self, kind: str | None) -> None:
        service, periods = self._screen.services.problem_periods, self._taken_back[kind]

        async def put_back(lead: Person) -> None:
            await service.change(lead, self._problem.id, kind, periods)

        if await self._screen.attempt(put_back, self._screen._('Saved')):
            await self._then()

    def _label(self, kind: str) -> str:
        return self._screen.services.catalogue.asset_kind(kind).label.in_(self._screen._.language)
