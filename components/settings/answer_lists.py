"""Show the ready answers of each problem: the municipality's own, and those that come with Haren."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from app.domain.people import Person
from app.domain.ready_answers import OwnAnswer
from app.wording.ready_answers import answered_outcome
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
    """The answers about one problem. One that is taken away keeps its row, so that this can be undone."""

    def __init__(self, screen: Screen, problem: str | None, then: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._problem = problem
        self._then = then
        self._shown: dict[str, OwnAnswer] = {}
        self._rows = ui.element('ul').classes('things')
        Button(screen._('Add an answer'), self._add, 'plus')
        self._show_built_in()

    async def refresh(self) -> None:
        """Show the answers as they are now."""
        service = self._screen.services.ready_answers
        self._shown = {id: await service.get(id) for id in self._shown}
        self._shown |= {one.id: one for one in await service.own() if one.problem == self._problem}
        self._rows.clear()
        with self._rows:
            for answer in self._shown.values():
                self._row(answer)

    def _row(self, answer: OwnAnswer) -> None:
        _, is_there = self._screen._, answer.removed_at is None
        with ui.element('li').classes('device'):
            with ui.element('div').classes('grow'):
                Text('p', answer.words)
                outcome = answered_outcome(answer.outcome, self._problem, _)
                Text('p', outcome if is_there else _('Taken away')).classes('thing-detail')
            with ui.element('div').classes('row'):
                if is_there:
                    Button(_('Edit'), partial(self._edit, answer), named=_('Edit {name}', name=answer.words))
                    named = _('Take away: {words}', words=answer.words)
                    Button(_('Take away'), partial(self._remove, answer), named=named)
                else:
                    Button(_('Undo'), partial(self._restore, answer), named=_('Undo: {step}', step=answer.words))

    def _show_built_in(self) -> None:
        _, catalogue = self._screen._, self._screen.services.catalogue
        built_in = [answer for answer in catalogue.ready_answers if self._is_about(answer.problems)]
        if not built_in:
            return
        with ui.element('details'):
            Text('summary', _('What comes with Haren, in the languages of residents'))
            with ui.element('ul').classes('things'):
                for answer in built_in:
                    with ui.element('li').classes('device'), ui.element('div').classes('grow'):
                        Text('p', answer.words.in_(_.language))
                        Text('p', answered_outcome(answer.outcome, self._problem, _)).classes('thing-detail')

    def _is_about(self, problems: tuple[str, ...]) -> bool:
        return self._problem in problems if self._problem else not problems

    async def _add(self) -> None:
        await edit_answer(self._screen, self._problem, None, self._then)

    async def _edit(self, answer: OwnAnswer) -> None:
        await edit_answer(self._screen, self._problem, answer, self._then)

    async def _remove(self, answer: OwnAnswer) -> None:
        async def remove(lead: Person) -> None:
            await self._screen.services.ready_answers.remove(lead, answer.id)

        if await self._screen.attempt(remove, self._screen._('Taken away')):
            await self._then()

    async def _restore(self, answer: OwnAnswer) -> None:
        async def restore(lead: Person) -> None:
            await self._screen.services.ready_answers.restore(lead, answer.id)

        if await self._screen.attempt(restore):
            await self._then()
