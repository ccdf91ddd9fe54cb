"""Show the progress of a sticker round at a site, and the button that begins one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.domain.sticker_audit import StickerState
from app.domain.sticker_codes import spaced
from app.services.sticker_audit import SiteAudit
from components.places.sticker_list import progress, summary
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import ask
from components.ui.text import Text


class AuditPanel:
    """The panel above a site's stickers."""

    def __init__(self, screen: Screen, on_begin: Callable[[], Awaitable[None]]) -> None:
        self._translator = _ = screen._
        self._audit: SiteAudit | None = None
        self._on_begin = on_begin
        with ui.element('section').classes('card round') as self._section:
            with ui.element('div') as status:
                self._progress = Text('p', '').classes('round-words')
                self._last = Text('p', '').classes('round-seen')
            self._bar = ui.element('progress').classes('round-bar')
            self._hint = Text('p', '').classes('quiet')
            self._begin = Button(_('Begin a round'), self._ask, 'eye', 'main')
        status.props['role'] = 'status'
        self._bar.props['aria-hidden'] = 'true'  # the words above say the same

    def add_restart_button(self) -> None:
        """Add the button for a new round. It comes last on the screen, so that nobody takes it for the next step."""
        _ = self._translator
        self._begin_again = Button(_('Begin a new round'), self._ask).classes('round-anew')

    def show(self, audit: SiteAudit) -> None:
        """Show the audit as it is now."""
        _, self._audit, is_round = self._translator, audit, audit.round is not None
        self._progress.text = progress(audit, _) if is_round else summary(audit, _)
        self._last.text = self._last_seen(audit)
        self._last.set_visibility(bool(self._last.text))
        self._bar.props.update({'value': audit.count(StickerState.IN_ROUND), 'max': audit.expected})
        self._bar.update()
        self._hint.text = self._advice(audit)
        self._begin.spend(is_round)
        for element, is_shown in ((self._bar, is_round), (self._begin_again, is_round)):
            element.set_visibility(is_shown)

    def _advice(self, audit: SiteAudit) -> str:
        _ = self._translator
        if audit.round is None:
            return _('Begin a round, then scan one sticker after another with the phone’s camera.')
        if audit.count(StickerState.IN_ROUND) == audit.expected:
            return _('All of them are seen. Thank you!')
        return _('Scan one sticker after another with the phone’s camera. Those that you have seen move down.')

    def _last_seen(self, audit: SiteAudit) -> str:
        """Name the sticker that was seen last, because its row has moved down and out of sight."""
        _, newest = self._translator, audit.newest
        if newest is None:
            return ''
        name = newest.asset.name if newest.asset else _('the place’s own sticker')
        return _('Seen last: {thing}', thing=f'{name} ({spaced(newest.sticker.id)})')

    async def _ask(self) -> None:
        if await self._is_sure():
            await self._on_begin()
            self._section.run_method('scrollIntoView', {'block': 'center'})  # the button is far below it

    async def _is_sure(self) -> bool:
        _, audit = self._translator, self._audit
        if audit is None or audit.round is None:
            return True
        consequence = _(
            '{count} of {all} are seen in this one. A new one begins from none.',
            count=audit.count(StickerState.IN_ROUND),
            all=audit.expected,
        )
        return await ask(_, _('Begin a new round?'), consequence, _('Begin a new round'), danger=False)
