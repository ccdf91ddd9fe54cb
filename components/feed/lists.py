"""The feed and the list of open cases: each one element in the browser, fed with deltas."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element
from nicegui.events import GenericEventArguments, Handler

from components.feed.rows import Row

Labels = dict[str, str]


class FeedList(Element, component='../js/feed/feed.js'):
    """Rows of the feed, newest first. The browser asks for older ones as somebody scrolls.

    `older` is the cursor behind which there are more, or None. The filter may change while older ones are under way:
    with each choice a `generation` begins, which is asked with and answered with, and rows of another are dropped.
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
        self.props['rows'] = list(rows)
        self.props['older'] = older
        self.props['labels'] = labels
        self.on('older', on_older)
        self.on('act', on_act)

    def arrive(self, rows: Sequence[Row], folded: Sequence[Row] = ()) -> None:
        """Show more rows, each at its place in time; one that is there already is shown anew.

        Rows about the same case learn how it is now, also from what is `folded` into them.
        """
        self.run_method('arrive', list(rows), list(folded))

    def append(self, rows: Sequence[Row], older: str | None, generation: int) -> None:
        """Show older rows below."""
        self.run_method('append', list(rows), older, generation)

    def pause(self, generation: int) -> None:
        """Take it that no older rows come this time; the browser asks again when somebody scrolls."""
        self.run_method('pause', generation)

    def restart(self, rows: Sequence[Row], older: str | None, generation: int) -> None:
        """Show these rows instead."""
        self.run_method('restart', list(rows), older, generation)

    def settle(self, case_id: str) -> None:
        """Let the buttons of a case be pressed again after an attempt that was refused."""
        self.run_method('settle', case_id)


class CaseList(Element, component='../js/feed/cases.js'):
    """The open cases, the most pressing first."""

    def __init__(self, rows: Sequence[Row], labels: Labels, on_act: Handler[GenericEventArguments]) -> None:
        super().__init__()
        self.props['rows'] = list(rows)
        self.props['labels'] = labels
        self.on('act', on_act)

    def put(self, rows: Sequence[Row]) -> None:
        """Show cases as they are now, each once; one that is closed goes."""
        self.run_method('put', list(rows))

    def settle(self, case_id: str) -> None:
        """Let the buttons of a case be pressed again after an attempt that was refused."""
        self.run_method('settle', case_id)
