"""The feed and the list of open cases: each one element in the browser, fed with deltas."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from components.rows import Row

Labels = dict[str, str]


class FeedList(Element, component='js/feed.js'):
    """Rows of the feed, newest first. The browser asks for older ones as somebody scrolls.

    `older` is the cursor behind which there are more, or None.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        older: str | None,
        labels: Labels,
        on_older: Handler[GenericEventArguments],
        on_act: Handler[GenericEventArguments],
    ) -> None:
        super().__init__()
        self._props['rows'] = list(rows)
        self._props['older'] = older
        self._props['labels'] = labels
        self.on('older', on_older)
        self.on('act', on_act)

    def arrive(self, row: Row) -> None:
        """Show one more row, at its place in time; rows about the same case learn how it is now."""
        self.run_method('arrive', row)

    def append(self, rows: Sequence[Row], older: str | None) -> None:
        """Show older rows below."""
        self.run_method('append', list(rows), older)

    def restart(self, rows: Sequence[Row], older: str | None) -> None:
        """Show these rows instead."""
        self.run_method('restart', list(rows), older)

    def settle(self, case_id: str) -> None:
        """Let the buttons of a case be pressed again after an attempt that was refused."""
        self.run_method('settle', case_id)


class CaseList(Element, component='js/cases.js'):
    """The open cases, the most pressing first."""

    def __init__(self, rows: Sequence[Row], labels: Labels, on_act: Handler[GenericEventArguments]) -> None:
        super().__init__()
        self._props['rows'] = list(rows)
        self._props['labels'] = labels
        self.on('act', on_act)

    def put(self, row: Row) -> None:
        """Show a case as it is now; one that is closed goes."""
        self.run_method('put', row)

    def settle(self, case_id: str) -> None:
        """Let the buttons of a case be pressed again after an attempt that was refused."""
        self.run_method('settle', case_id)
