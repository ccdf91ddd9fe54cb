"""The screen to log an entry: what somebody did, saw, learnt or was stopped by."""

from __future__ import annotations

from nicegui import ui

from components.entries.form import STYLE, entry_form, me_of
from components.js_assets import script
from components.shell.layout import StaffPages
from components.shell.pwa import install_hint
from components.shell.screen import Screen


def register(pages: StaffPages) -> None:
    """Register /log."""

    @pages.screen('/log', lambda _: _('Log'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        ui.add_body_html(script('entry-form/main.js'))
        me = await me_of(screen.services, screen.visitor.person)
        # The template escapes every name that people have given; the markup is our own.
        ui.html(await entry_form(screen.services, screen._, me), sanitize=False)
        install_hint(screen._)
