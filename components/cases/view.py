"""Element that shows one case. It runs in the browser and acts through the API."""

from __future__ import annotations

from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import Handler

from components import CSS
from components.cases.state_types import CaseState, Choices

STYLE = ''.join((CSS / 'staff' / f'{sheet}.css').read_text(encoding='utf-8') for sheet in ('entry', 'case'))


class CaseView(Element, component='../js/cases/case_view.js'):
    """A case whole. The server sends it the case again when something has changed; what is being typed stays."""

    def __init__(
        self, state: CaseState | None, viewers: str, choices: Choices, person_id: str, labels: dict[str, Any],
        embedded: bool, on_overtaken: Handler[Any],
    ) -> None:  # fmt: skip
        super().__init__()
        ui.add_css(STYLE)
        self.shown, self.seen = state, viewers
        self.props.update({
            'state': state, 'viewers': viewers, 'choices': choices, 'person': person_id, 'labels': labels,
            'embedded': embedded,
        })  # fmt: skip
        self.on('overtaken', on_overtaken, args=[])

    def learn(self, state: CaseState | None) -> None:
        """Show the case as it is now, or another one, or None."""
        self.shown = state
        self.run_method('learn', state)

    def see(self, viewers: str) -> None:
        """Show who else has the case open."""
        self.seen = viewers
        self.run_method('see', viewers)
