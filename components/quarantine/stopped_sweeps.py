"""Ask a lead about what Haren would end by itself, if it is much more at once than on any day before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from app.domain.sweeps import Sweep, SweepKind
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import ask
from components.ui.text import Text


class StoppedSweeps:
    """The list of questions. It is empty on nearly every day."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._list = ui.element('ul').classes('folds')

    async def refresh(self) -> None:
        """Show the questions that are open now."""
        self._list.clear()
        with self._list:
            for sweep in await self._screen.services.sweeps.waiting(self._screen.visitor.person):
                self._card(sweep)

    def _card(self, sweep: Sweep) -> None:
        _, now = self._screen._, self._screen.services.now()
        with ui.element('li').classes('card notice'):
            Text('h2', self._question(sweep))
            words = _(
                'That is many more than on any day before. The server’s clock says {day}. If that is wrong, have the '
                'clock set. Then this goes away, and nothing is lost.',
                day=_.date(now),
            )
            Text('p', words)
            with ui.element('div').classes('row'):
                Button(_('The clock is right: end them'), partial(self._allow, sweep), look='danger')

    def _question(self, sweep: Sweep) -> str:
        _ = self._screen._
        if sweep.kind is SweepKind.STALE_CASES:
            return _('{count} cases that nobody has reported again would end at once', count=sweep.waiting)
        if sweep.kind is SweepKind.AUDIT_RECORDS:
            return _('{count} records of the audit log would be erased at once', count=sweep.waiting)
        return _('{count} held reports that nobody has decided would be erased at once', count=sweep.waiting)

    async def _allow(self, sweep: Sweep) -> None:
        _, services = self._screen._, self._screen.services
        end: Callable[[], Awaitable[int]] = {
            SweepKind.STALE_CASES: services.cases.close_stale,
            SweepKind.AUDIT_RECORDS: services.audit_log.erase_expired,
            SweepKind.HELD_REPORTS: services.quarantine_cleanup.erase_expired,
        }[sweep.kind]
        if await ask(_, _('End them?'), self._question(sweep), _('The clock is right: end them')):
            await self._screen.attempt(lambda lead: services.sweeps.allow(lead, sweep.kind))
            await end()
        await self.refresh()
