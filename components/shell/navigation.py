"""The ways to the screens: a bar at the thumb on phones, a rail on tablets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from app.domain.people import Role
from app.i18n import Translator
from components.theme.icons import icon
from components.theme.logo import hare
from components.ui.text import Text


@dataclass(frozen=True)
class NavItem:
    """One way to a screen in the navigation. A `rare` one isn't in a phone's bar; the screen Me leads there."""

    path: str
    label: str
    icon: str
    role: Role
    rare: bool = False

    def leads_to(self, path: str) -> bool:
        """Whether the screen at `path` lies behind it."""
        return path == self.path or path.startswith(f'{self.path}/')


def nav_items(_: Translator) -> tuple[NavItem, ...]:
    """Every screen in the navigation, in its order."""
    return (
        NavItem('/feed', _('Feed'), 'feed', Role.FIELD),
        NavItem('/log', _('Log'), 'pencil', Role.FIELD),
        NavItem('/obstacles', _('Obstacles'), 'obstacle', Role.FIELD),
        NavItem('/held', _('Held reports'), 'sieve', Role.LEAD, rare=True),
        NavItem('/sites', _('Places'), 'pin', Role.ADMIN),
        NavItem('/people', _('People'), 'people', Role.ADMIN),
        NavItem('/audit', _('Stickers'), 'qr', Role.FIELD, rare=True),
        NavItem('/settings', _('Settings'), 'settings', Role.ADMIN, rare=True),
        NavItem('/me', _('Me'), 'person', Role.FIELD),
    )


def skip_link(_: Translator) -> Text:
    """The way past the doors, for those who use the keyboard."""
    skip = Text('a', _('To the content'))
    skip.props['href'] = '#main'
    skip.classes('skip press main')
    return skip


def navigation(role: Role, path: str, _: Translator, at_me: Callable[[], object] = lambda: None) -> ui.element:
    """The doors that this role may use; the one behind which `path` lies is marked. `at_me` adds to the door Me."""
    with ui.element('nav').classes('doors') as nav:
        ui.html(hare(32), sanitize=False).classes('doors-mark')
        for door in nav_items(_):
            if role.covers(door.role):
                with _door(door, is_here=door.leads_to(path)):
                    if door.path == '/me':
                        at_me()
    nav.props['aria-label'] = _('Screens')
    return nav


def _door(door: NavItem, is_here: bool) -> ui.element:
    with ui.element('a').classes('door rare' if door.rare else 'door') as link:
        ui.html(icon(door.icon), sanitize=False, tag='span')
        Text('span', door.label)
    link.props['href'] = door.path
    if is_here:
        link.props['aria-current'] = 'page'
    return link
