"""What can be reported: for each kind of thing, the problems that its stickers offer."""

from __future__ import annotations

from nicegui import ui

from app.domain.catalogue import AssetKind, Catalogue
from components.fold import FoldList, Item
from components.forms import Form
from components.frame import Screen
from components.text import Text


class Reportable:
    """The kinds of thing, each with its problems once it's opened."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def build(self) -> None:
        """Build it where one is."""
        _ = self._screen._
        Text('p', _('Choose which problems a resident can report with one tap. Stickers need no change.')).classes(
            'quiet'
        )
        self._list = FoldList(_, _('Find a kind of thing'))
        catalogue = await self._screen.house.ground.catalogue()
        self._list.fill({kind.id: self._item(kind, catalogue) for kind in catalogue.asset_kinds})

    async def refresh(self, kind_id: str) -> None:
        """Show how one kind is now."""
        catalogue = await self._screen.house.ground.catalogue()
        self._list.put(kind_id, self._item(catalogue.asset_kind(kind_id), catalogue))

    def _item(self, kind: AssetKind, catalogue: Catalogue) -> Item:
        language = self._screen._.language
        offered = ' · '.join(catalogue.problem(id).button.in_(language) for id in kind.problems)
        return Item(kind.label.in_(language), offered, lambda: self._fill(kind.id))

    async def _fill(self, kind_id: str) -> None:
        _ = self._screen._
        catalogue = await self._screen.house.ground.catalogue()
        kind = catalogue.asset_kind(kind_id)
        with Form(self._screen) as form:
            with ui.element('fieldset').classes('fieldset'):
                Text('legend', _('Problems for {kind}', kind=kind.label.in_(_.language))).classes('visually-hidden')
                boxes = {
                    problem.id: ui.checkbox(problem.button.in_(_.language), value=problem.id in kind.problems)
                    for problem in catalogue.problems
                }
            form.send_button(_('Save'), lambda: self._keep(form, kind_id, boxes), None)

    async def _keep(self, form: Form, kind_id: str, boxes: dict[str, ui.checkbox]) -> None:
        chosen = [problem for problem, box in boxes.items() if box.value]
        sites = self._screen.house.sites
        if await form.send(lambda admin: sites.offer_problems(admin, kind_id, chosen), self._screen._('Saved')):
            await self.refresh(kind_id)
