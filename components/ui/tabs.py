"""Two or more screens side by side under one door."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from components.ui.text import Text


def tabs(label: str, screens: Sequence[tuple[str, str]], here: str) -> None:
    """Links to screens, each as its address and its name; `here` is the address of the one that is open."""
    with ui.element('nav').classes('tabs') as nav:
        for address, name in screens:
            link = Text('a', name)
            link.props['href'] = address
            if address == here:
                link.props['aria-current'] = 'page'
    nav.props['aria-label'] = label
