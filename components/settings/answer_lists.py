"""Show the ready answers of each problem: the municipality's own, and those that come with Haren."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.domain.catalogue import Problem
from app.domain.people import Person
from app.domain.ready_answers import OwnAnswer
from app.wording.cases import outcome_name
from components.settings.answer_form import edit_answer
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.accordion import Accordion, AccordionItem
from components.ui.button import Button
from components.ui.text import Text

ALL_PROBLEMS = ''
"""The key of the answers that fit every problem."""


class AnswerLists:
    """The list of problems, and first of all what fits every one. Each shows its answers when it is opened."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._opened: dict[str, AnswerRows] = {}

    async def build(self) -> None:
        """Add the list to the current slot."""
        _ = self._screen._
        self._none = Text('p', _('You have no answers of your own yet. Open a problem and add what you often write '
                                 'when you close its cases.')).classes('notice')  # fmt: skip
        self._list = Accordion(_, _('Find a problem'))
        await self.refresh()

    async def refresh(self) -> None:
        """Show the answers as they are now."""
        _, services = self._screen._, self._screen.services
        own = await services.ready_answers.own()
        names = {ALL_PROBLEMS: _('All problems')}
        names |= {problem.id: problem.state.in_(_.language) for problem in services.catalogue.problems}
        self._none.set_visibility(not own)
        self._list.fill({key: self._item(key, name, own) for key, name in names.items()})
        for rows in self._opened.values():
            await rows.refresh()

    def _item(self, key: str, name: str, own: tuple[OwnAnswer, ...]) -> AccordionItem:
        fill, count = weakly(self._fill), sum((answer.problem or ALL_PROBLEMS) == key for answer in own)
        words = self._screen._.plural('{count} answer of your own', '{count} answers of your own', count)
        return AccordionItem(name, words if count else self._screen._('What comes with Haren'), lambda: fill(key))

    async def _fill(self, key: str) -> None:
        rows = self._opened[key] = AnswerRows(self._screen, key or None, weakly(self.refresh))
        await rows.refresh()


class AnswerRows:
    """The answers about one problem, in the order in which they were added."""

    def __init__(self, screen: Screen, problem: str | None, then: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._problem = screen.services.catalogue.problem(problem) if problem else None
        self._then = then
        self._rows: dict[str, AnswerRow] = {}
        self._list = ui.element('ul').classes('things')
        Button(screen._('Add an answer'), self._add, 'plus')
        self._show_built_in()

    async def refresh(self) -> None:
        """Show the answers as they are now."""
        service = self._screen.services.ready_answers
        for answer in await service.own():
            if answer.problem == self._problem_id and answer.id not in self._rows:
                with self._list:
                    self._rows[answer.id] = AnswerRow(self._screen, answer, self._problem, self._then)
        for id, row in self._rows.items():
            row.show(await service.get(id))

    def _show_built_in(self) -> None:
        _, catalogue = self._screen._, self._screen.services.catalogue
        built_in = [answer for answer in catalogue.ready_answers if self._is_about(answer.problems)]
        if not built_in:
            return
        with ui.element('details'):
            Text('summary', _('What comes with Haren, in the languages of residents'))
            with ui.element('ul').classes('things'):
                for answer in built_in:
                    with ui.element('li').classes('device setting'), ui.element('div').classes('grow'):
                        Text('p', answer.words.in_(_.language))
                        Text('p', outcome_name(answer.outcome, self._problem, _)).classes('thing-detail')

    def _is_about(self, problems: tuple[str, ...]) -> bool:
        return self._problem_id in problems if self._problem else not problems

    @property
    def _problem_id(self) -> str | None:
        return self._problem.id if self._problem else None

    async def _add(self) -> None:
        await edit_answer(self._screen, self._problem_id, None, self._then)


class AnswerRow:
    """One answer. When it is taken away it keeps its place, and the same button undoes that."""

    def __init__(
        self, screen: Screen, answer: OwnAnswer, problem: Problem | None, then: Callable[[], Awaitable[None]]
    ) -> None:
        self._screen = screen
        self._answer = answer
        self._problem = problem
        self._then = then
        with ui.element('li').classes('device setting'):
            with ui.element('div').classes('grow'):
                self._words = Text('p', '')
                self._outcome = Text('p', '').classes('thing-detail')
            with ui.element('div').classes('row'):
                self._edit_button = Button(screen._('Edit'), self._edit)
                self._remove_button = Button(screen._('Take away'), self._remove_or_restore)

    def show(self, answer: OwnAnswer) -> None:
        """Show the answer as it is now."""
        _, self._answer = self._screen._, answer
        is_there = answer.removed_at is None
        self._words.text = answer.words
        outcome = outcome_name(answer.outcome, self._problem, _)
        self._outcome.text = outcome if is_there else _('Taken away')
        self._edit_button.name_for_readers(_('Edit {name}', name=answer.words))
        self._remove_button.text = _('Take away') if is_there else _('Undo')
        self._remove_button.name_for_readers(
            _('Take away: {words}', words=answer.words) if is_there else _('Undo: {step}', step=answer.words)
        )

    async def _edit(self) -> None:
        await edit_answer(self._screen, self._answer.problem, self._answer, self._then)

    async def _remove_or_restore(self) -> None:
        service, answer = self._screen.services.ready_answers, self._answer
        act = service.remove if answer.removed_at is None else service.restore

        async def change(lead: Person) -> None:
            await act(lead, answer.id)

        if await self._screen.attempt(change):
            await self._then()
