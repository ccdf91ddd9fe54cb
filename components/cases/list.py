"""Element for the list of cases. The server sends it only the rows that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from app.i18n import Translator
from components import CSS
from components.cases.list_types import ListRow

STYLE = (CSS / 'staff' / 'cases.css').read_text(encoding='utf-8')

Counts = dict[str, int]


class CaseTable(Element, component='../js/cases/list.js'):
    """The rows of a view. The browser asks for further ones when somebody scrolls.

    `older` is the cursor of the next page, or None. The filter may change while rows are being loaded. So each choice
    begins a new `generation`; requests and responses carry its number, and the browser drops rows of another one.
    """

    def __init__(
        self,
        rows: Sequence[ListRow],
        older: str | None,
        counts: Counts,
        on_wish: Handler[GenericEventArguments],
        on_older: Handler[GenericEventArguments],
        on_open: Handler[GenericEventArguments],
        **more: Any,
    ) -> None:
        super().__init__()
        ui.add_css(STYLE)
        self.props.update({'rows': list(rows), 'older': older, 'counts': counts, **more})
        self.on('wish', on_wish)
        self.on('older', on_older)
        self.on('open', on_open)

    def restart(self, rows: Sequence[ListRow], older: str | None, counts: Counts, generation: int) -> None:
        """Replace all rows."""
        self.run_method('restart', list(rows), older, counts, generation)

    def append(self, rows: Sequence[ListRow], older: str | None, generation: int) -> None:
        """Add further rows at the end."""
        self.run_method('append', list(rows), older, generation)

    def pause(self, generation: int) -> None:
        """Report that no rows come this time. The browser asks again when somebody scrolls."""
        self.run_method('pause', generation)

    def put(self, rows: Sequence[ListRow], counts: Counts) -> None:
        """Show cases as they are now, each given once. Those without a rank leave the view after a while."""
        self.run_method('put', list(rows), counts)


def labels(_: Translator) -> dict[str, str]:
    """Return the fixed texts of the list."""
    return {
        'views': _('Views'),
        'list': _('Cases'),
        'search': _('Find a case'),
        'filter': _('Filter'),
        'byPlace': _('By place'),
        'select': _('Choose several'),
        'remove': _('Remove the filter'),
        'clear': _('Remove all filters'),
        'excel': _('Excel file'),
        'csv': _('CSV file'),
        'nothing': _('No case is like this. Remove a filter, or look in another view.'),
        'shown': _('Cases shown: {count}'),
        'loading': _('Fetching more …'),
        'justNow': _('just now'),
        'several': _('Several cases'),
        'chosen': _('Chosen: {count}'),
        'all': _('All'),
        'none': _('None'),
        'done': _('Done'),
        'take': _('I’ll take it'),
        'assign': _('Hand over …'),
        'promise': _('Promise a day …'),
        'close': _('Close …'),
        'undo': _('Undo'),
        'again': _('Try again'),
        'results': _('What became of each'),
        'progress': _('{count} of {all} …'),
        'allDone': _('Done: {count}'),
        'someFailed': _('Done: {count}. Not done: {failed}'),
    }
