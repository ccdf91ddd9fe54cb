"""How far a round past a site's stickers is, and the button that begins one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.domain.rounds import Sight
from app.services.audit import SiteAudit
from components.dialogs import ask
from components.frame import Screen
from components.press import Press
from components.sticker_list import progress, summary
from components.text import Text


class RoundPanel:
    """What stands above a site's stickers."""

    def __init__(self, screen: Screen, begin: Callable[[], Awaitable[None]]) -> None:
        self._translator = _ = screen._
        self._audit: SiteAudit | None = None
        self._do_begin = begin
        with ui.element('section').classes('card round'):
            self._words = Text('p', '').classes('round-words')
            self._bar = ui.element('progress').classes('round-bar')
            self._told = Text('p', '').classes('quiet')
            self._begin = Press(_('Begin a round'), self._ask, 'eye', 'main')
            self._anew = Press(_('Begin a new round'), self._ask)
        self._words._props['role'] = 'status'
        self._bar._props['aria-hidden'] = 'true'  # the words above say the same

    def say(self, audit: SiteAudit) -> None:
        """Tell how it is now."""
        _, self._audit, is_round = self._translator, audit, audit.round is not None
        self._words.text = progress(audit, _) if is_round else summary(audit, _)
        self._bar._props.update({'value': audit.count(Sight.IN_ROUND), 'max': audit.wanted})
        self._bar.update()
        self._told.text = self._advice(audit)
        for element, is_shown in ((self._bar, is_round), (self._anew, is_round), (self._begin, not is_round)):
            element.set_visibility(is_shown)

    def _advice(self, audit: SiteAudit) -> str:
        _ = self._translator
        if audit.round is None:
            return _('Begin a round, then scan one sticker after another with the phone’s camera.')
        if audit.count(Sight.IN_ROUND) == audit.wanted:
            return _('All of them are seen. Thank you!')
        return _('Scan one sticker after another with the phone’s camera. Those that you have seen move down.')

    async def _ask(self) -> None:
        if await self._is_sure():
            await self._do_begin()

    async def _is_sure(self) -> bool:
        _, audit = self._translator, self._audit
        if audit is None or not audit.count(Sight.IN_ROUND):
            return True
        consequence = _('{count} of {all} are seen in this one. A new one begins from none.',
                        count=audit.count(Sight.IN_ROUND), all=audit.wanted)  # fmt: skip
        return await ask(_, _('Begin a new round?'), consequence, _('Begin a new round'), danger=False)
