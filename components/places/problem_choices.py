"""Choose what can be reported: which problems the stickers of each kind of asset offer."""

from __future__ import annotations

from nicegui import ui

from app.domain.catalogue import AssetKind, Catalogue
from app.domain.people import Person
from app.domain.sites import KindProblems
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.accordion import Accordion, AccordionItem
from components.ui.text import Text


class ProblemChoices:
    """The list of asset kinds. Each shows its problems when it is opened."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._opened: dict[str, ProblemForm] = {}

    async def build(self) -> None:
        """Add the list to the current slot."""
        _ = self._screen._
        Text('p', _('Choose which problems a resident can report with one tap. Stickers need no change.')).classes(
            'quiet'
        )
        self._list = Accordion(_, _('Find a kind of thing'))
        catalogue = await self._screen.services.sites.catalogue()
        self._list.fill({kind.id: self._item(kind, catalogue) for kind in catalogue.asset_kinds})

    async def refresh(self, kind_id: str) -> None:
        """Show the current choice of one kind."""
        catalogue = await self._screen.services.sites.catalogue()
        self._list.put(kind_id, self._item(catalogue.asset_kind(kind_id), catalogue))
        if kind_id in self._opened:
            await self._opened[kind_id].refresh()

    def _item(self, kind: AssetKind, catalogue: Catalogue) -> AccordionItem:
        language = self._screen._.language
        offered = ' · '.join(catalogue.problem(id).button.in_(language) for id in kind.problems)
        fill = weakly(self._fill)
        return AccordionItem(kind.label.in_(language), offered, lambda: fill(kind))

    async def _fill(self, kind: AssetKind) -> None:
        offered = await self._screen.services.sites.offered(kind.id)
        self._opened[kind.id] = ProblemForm(self._screen, kind, offered)


class ProblemForm:
    """The form of one kind: a checkbox for each problem."""

    def __init__(self, screen: Screen, kind: AssetKind, offered: KindProblems) -> None:
        self._screen = screen
        self._kind = kind
        self._offered = frozenset(offered.problems)
        _ = screen._
        with Form(screen) as self._form:
            with ui.element('fieldset').classes('fieldset') as fieldset:
                self._boxes = {
                    problem.id: self._form.check(
                        problem.id, problem.button.in_(_.language), problem.id in self._offered
                    )
                    for problem in screen.services.catalogue.problems
                }
            fieldset.props['aria-label'] = _('Problems for {kind}', kind=kind.label.in_(_.language))
            self._form.keep('problems', kind.id)
            self._form.send_button(_('Save'), self._send)
        self._original = self._form.original = Original(
            offered, lambda: screen.services.sites.offered(kind.id), lambda _: {}
        )

    async def refresh(self) -> None:
        """Show what is offered now, unless somebody has changed a checkbox here."""
        offered = await self._screen.services.sites.offered(self._kind.id)
        newest = frozenset(offered.problems)
        if self._chosen() in (self._offered, newest):
            self._set_original(offered, offered.revision)
            for problem, box in self._boxes.items():
                box.value = problem in newest

    async def _send(self) -> None:
        await self._form.send(self._keep, self._screen._('Saved'))

    async def _keep(self, admin: Person) -> None:
        chosen, sites = self._chosen(), self._screen.services.sites
        saved = await sites.offer_problems(admin, self._kind.id, chosen, seen=self._form.seen)
        self._set_original(saved, saved.revision + 1)  # the revision that the store has given it

    def _set_original(self, offered: KindProblems, revision: int) -> None:
        self._offered = frozenset(offered.problems)
        self._original.show(offered, revision)

    def _chosen(self) -> frozenset[str]:
        return frozenset(problem for problem, box in self._boxes.items() if box.value)
