"""Show the periods of each problem, for all things and for those kinds of thing that have their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.domain.catalogue import Problem
from app.domain.people import Person
from app.domain.periods import Periods
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
    """The rows of one problem: for all things first, then for each kind of thing that has its own periods."""

    def __init__(self, screen: Screen, problem: Problem, then: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._problem = problem
        self._then = then
        self._rows: dict[str | None, PeriodRow] = {}
        self._list = ui.element('ul').classes('things')
        Button(screen._('Other times for a kind of thing'), self._add, 'plus')

    async def refresh(self) -> None:
        """Show the periods as they are now."""
        services, problem = self._screen.services, self._problem
        rules, set_here = await services.deadlines.rules(), await services.problem_periods.of_problem(problem.id)
        usual = [kind.id for kind in services.catalogue.asset_kinds if problem.id in kind.periods]
        for kind in dict.fromkeys((None, *usual, *set_here)):
            if kind not in self._rows:
                with self._list:
                    self._rows[kind] = PeriodRow(self._screen, problem, kind, self._then)
        for kind, row in self._rows.items():
            row.show(rules.periods(problem.id, kind), is_set=kind in set_here)

    async def _add(self) -> None:
        await add_periods(self._screen, self._problem, self._then)


class PeriodRow:
    """The periods of a problem for one kind of thing, or for all.

    Where they are taken back the row keeps its place, and the same button undoes that.
    """

    def __init__(self, screen: Screen, problem: Problem, kind: str | None, then: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._place = problem.id, kind
        self._problem = problem
        self._then = then
        self._taken_back: Periods | None = None
        _, catalogue = screen._, screen.services.catalogue
        self._name = _('All things') if kind is None else catalogue.asset_kind(kind).label.in_(_.language)
        with ui.element('li').classes('device setting'):
            with ui.element('div').classes('grow'):
                Text('p', self._name)
                self._words = Text('p', '').classes('thing-detail')
            with ui.element('div').classes('row'):
                Button(_('Edit'), self._edit, named=_('Edit {name}', name=self._name))
                self._back = Button('', self._take_back_or_undo)

    def show(self, periods: Periods, is_set: bool) -> None:
        """Show the periods as they are now."""
        _, (_problem, kind) = self._screen._, self._place
        self._periods, self._is_set = periods, is_set
        self._words.text = period_words(periods, _)
        take_back = _('As usual') if kind is None else _('As all things')
        self._back.text = take_back if is_set else _('Undo')
        self._back.name_for_readers(f'{self._back.text}: {self._name}')
        self._back.set_visibility(is_set or self._taken_back is not None)

    async def _edit(self) -> None:
        await edit_periods(self._screen, self._problem, self._place[1], self._name, self._periods, self._then)

    async def _take_back_or_undo(self) -> None:
        service = self._screen.services.problem_periods
        before = (await service.get(*self._place)).periods
        periods = None if self._is_set else self._taken_back

        async def change(lead: Person) -> None:
            await service.change(lead, *self._place, periods)

        if await self._screen.attempt(change):
            self._taken_back = before
            await self._then()
