"""Element for the cards of the obstacle diary. The server sends it only the cards that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from app.i18n import Translator
from components import CSS
from components.entries.send_errors import send_errors
from components.obstacles.row_types import ObstacleRow
from components.ui.long_text import fold_words

STYLE = (CSS / 'staff' / 'obstacles.css').read_text(encoding='utf-8')


class ObstacleList(Element, component='../js/obstacles/diary.js'):
    """The cards of the diary. With `single` it shows one opened card, without views to choose from.

    The filter may change while cards are being loaded. So requests and responses carry the number of a `generation`,
    and the browser drops the cards of an older one.
    """

    def __init__(
        self,
        rows: Sequence[ObstacleRow],
        person_id: str,
        labels: dict[str, str],
        on_act: Handler[GenericEventArguments],
        **more: Any,
    ) -> None:
        super().__init__()
        ui.add_css(STYLE)
        self.props.update({'rows': list(rows), 'count': len(rows), 'person': person_id, 'labels': labels, **more})
        self.on('act', on_act)

    def show(self, rows: Sequence[ObstacleRow], total: int, reminder: str, generation: int) -> None:
        """Replace all cards. `total` is how many there are, `reminder` a sentence about resting ones or ''."""
        self.run_method('show', list(rows), total, reminder, generation)

    def put(self, row: ObstacleRow) -> None:
        """Update a card, if it is there."""
        self.run_method('put', row)

    def add(self, row: ObstacleRow) -> None:
        """Add a card at the beginning."""
        self.run_method('add', row)

    def remove_card(self, entry_id: str) -> None:
        """Remove a card."""
        self.run_method('take', entry_id)

    def settle(self, entry_id: str) -> None:
        """Enable the buttons of a card again."""
        self.run_method('settle', entry_id)


def labels(_: Translator) -> dict[str, str]:
    """Return the fixed texts of the cards."""
    return {
        'views': _('Views'),
        'list': _('Obstacles'),
        'look': _('Have a look'),
        'log': _('Log an obstacle'),
        'nothing': _('Nothing like this here. Choose another kind or organisation.'),
        'more': _('Show more'),
        'count': _('Obstacles: {count}'),
        'yours': _('Yours'),
        'hits': _('It hits:'),
        'tried': _('What we tried:'),
        'raised': _('Raised to {to}. Ask again on {day}.'),
        'letter': _('The text that was sent'),
        'meToo': _('Me too'),
        'yesAnd': _('Yes, and …'),
        'possibility': _('What could be possible?'),
        'names': _('Whom do you mean?'),
        'add': _('Add'),
        'next': _('Next steps'),
        'sharedBy': _('Shared by:'),
        'notTheSame': _('Not the same'),
        'open': _('Open'),
        'justNow': _('just now'),
        **fold_words(_),
        **send_errors(_),
    }
