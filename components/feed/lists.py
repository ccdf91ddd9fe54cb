"""Elements for the feed and the list of open cases. The server sends them only the rows that change."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from components.feed.row_types import CaseRow, FeedRow

Labels = dict[str, str]

CHOICE = 'haren-feed'
"""The cookie that keeps whose news somebody wants to see on this device."""

MOST_CASES = 60
"""Open cases that are listed beside the feed. A screen of their own lists all."""


class FeedList(Element, component='../js/feed/feed.js'):
    """Rows of the feed, newest first. The browser asks for older ones when somebody scrolls.

    `older` is the cursor of the next page, or None. The filter may change while a page is being loaded. So each choice
    begins a new `generation`; requests and responses carry its number, and the browser drops rows of another one.
    """

    def __init__(
        self,
        rows: Sequence[FeedRow],
        older: str | None,
        labels: Labels,
        on_older: Handler[GenericEventArguments],
    ) -> None:
        super().__init__()
        self.props['rows'] = list(rows)
        self.props['older'] = older
        self.props['labels'] = labels
        self.on('older', on_older)

    def arrive(self, rows: Sequence[FeedRow], folded: Sequence[FeedRow] = ()) -> None:
        """Put rows in their places in time. The row of a case leaves the place of its earlier step.

        Other rows about the same entries are updated. `folded` rows only update: they get no row of their own.
        """
        self.run_method('arrive', list(rows), list(folded))

    def append(self, rows: Sequence[FeedRow], older: str | None, generation: int) -> None:
        """Add older rows at the end."""
        self.run_method('append', list(rows), older, generation)

    def pause(self, generation: int) -> None:
        """Report that no older rows come this time. The browser asks again when somebody scrolls."""
        self.run_method('pause', generation)

    def restart(self, rows: Sequence[FeedRow], older: str | None, generation: int) -> None:
        """Replace all rows."""
        self.run_method('restart', list(rows), older, generation)

    def remember(self, choice: str) -> None:
        """Keep the choice of whose news to show in this browser, as the cookie CHOICE."""
        self.run_method('remember', choice)


class CaseList(Element, component='../js/feed/cases.js'):
    """The open cases, the most urgent first. `hidden` counts those that are not listed."""

    def __init__(
        self, rows: Sequence[CaseRow], hidden: int, labels: Labels, on_act: Handler[GenericEventArguments]
    ) -> None:
        super().__init__()
        self.props['rows'] = list(rows)
        self.props['hidden'] = hidden
        self.props['labels'] = labels
        self.on('act', on_act)

    def restart(self, rows: Sequence[CaseRow], hidden: int) -> None:
        """Replace all cases."""
        self.run_method('restart', list(rows), hidden)

    def put(self, rows: Sequence[CaseRow]) -> None:
        """Show cases as they are now, each given once. Closed ones disappear after a while."""
        self.run_method('put', list(rows))

    def settle(self, case_id: str) -> None:
        """Enable the buttons of a case again after a refused attempt."""
        self.run_method('settle', case_id)

    def offer_undo(self, case_id: str) -> None:
        """Offer to open a case again that was closed here."""
        self.run_method('offerUndo', case_id)
