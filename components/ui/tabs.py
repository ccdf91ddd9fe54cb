"""Tabs: links between screens that share one item of the navigation."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from components.ui.text import Text


def tabs(label: str, screens: Sequence[tuple[str, str]], here: str) -> None:
    """Add links to screens, given as addresses and names. `here` is the address of the open one."""
    with ui.element('nav').classes('tabs') as nav:
        for address, name in screens:
            link = Text('a', name)
            link.props['href'] = address
            if address == here:
                link.props['aria-current'] = 'page'
    nav.props['aria-label'] = label
