"""Hold back live news while a screen loads its rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable
from weakref import WeakMethod

from components.feed.rows import News

Show = Callable[[Sequence[News]], Awaitable[None] | None]


class NewsBuffer:
    """Pass bulletins on to `show`, but gather them while the screen loads its rows.

    Without it a screen would miss what happens between its query and its rendering. A new buffer gathers until
    `release`. The buffer does not keep the screen in memory whose method `show` is.
    """

    def __init__(self, show: Show) -> None:
        self._screen_shows = WeakMethod(show)
        self._gathered: list[News] | None = []

    def receive(self, bulletin: Sequence[News]) -> Awaitable[None] | None:
        """Show a bulletin or gather it. Subscribe this to `LiveUpdates.bulletins`."""
        if self._gathered is None:
            return self._show(bulletin)
        self._gathered += bulletin
        return None

    def pause(self) -> None:
        """Gather bulletins from now on."""
        self._gathered = self._gathered or []

    async def release(self) -> None:
        """Show what has gathered, and from now on each bulletin when it comes."""
        gathered, self._gathered = self._gathered, None
        if gathered and isawaitable(shown := self._show(gathered)):
            await shown

    def _show(self, bulletin: Sequence[News]) -> Awaitable[None] | None:
        show = self._screen_shows()
        return show(bulletin) if show else None
