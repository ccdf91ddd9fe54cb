"""The obstacle diary in the browser: one element that is fed with cards, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from app.i18n import Translator
from components import CSS
from components.entries.send_errors import send_errors
from components.feed.rows import Row

STYLE = (CSS / 'staff' / 'obstacles.css').read_text()


class ObstacleList(Element, component='../js/obstacles/diary.js'):
    """Cards of the diary. A `single` one shows a card alone, opened, without views to choose from.

    The wish may change while the cards of another are under way: it's asked and answered with a `generation`, and
    what belongs to an older one is dropped.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        person_id: str,
        labels: dict[str, str],
        on_act: Handler[GenericEventArguments],
        **more: Any,
    ) -> None:
        super().__init__()
        ui.add_css(STYLE)
        self.props.update({'rows': list(rows), 'count': len(rows), 'person': person_id, 'labels': labels, **more})
        self.on('act', on_act)

    def show(self, rows: Sequence[Row], total: int, reminder: str, generation: int) -> None:
        """Show these cards instead, of `total` that there are."""
        self.run_method('show', list(rows), total, reminder, generation)

    def put(self, row: Row) -> None:
        """Show a card as it is now, if it is there."""
        self.run_method('put', row)

    def add(self, row: Row) -> None:
        """Show one card more, first."""
        self.run_method('add', row)

    def take(self, entry_id: str) -> None:
        """Show a card no more."""
        self.run_method('take', entry_id)

    def settle(self, entry_id: str) -> None:
        """Let the buttons of a card be pressed again."""
        self.run_method('settle', entry_id)


def labels(_: Translator) -> dict[str, str]:
    """What the cards say by themselves."""
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
        **send_errors(_),
    }
