"""The log: what somebody did, saw, learnt or was stopped by."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

from components.assets import script
from components.entry_form import entry_form
from components.frame import Frame, Screen

STYLE = (Path(__file__).parents[1] / 'components' / 'css' / 'entry.css').read_text()


def register(frame: Frame) -> None:
    """Register /log."""

    @frame.screen('/log', lambda _: _('Log'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        ui.add_body_html(script('entry-form.js'))
        # The template escapes all that people have named; the markup is ours.
        ui.html(await entry_form(screen.house, screen.visitor.person, screen._), sanitize=False)
