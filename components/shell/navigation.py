"""Navigate between screens: a bar at the bottom on phones, a rail on tablets."""

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
    """A link of the navigation. A `rare` one is not in a phone's bar; the screen Me links to it.

    One for a role `alone` is not offered to the roles above, which have another link there. `section` is the address
    whose screens it leads to, if that isn't its own.
    """

    path: str
    label: str
    icon: str
    role: Role
    rare: bool = False
    alone: bool = False
    section: str = ''

    def is_for(self, role: Role) -> bool:
        """Return True if it is offered to this role."""
        return role is self.role if self.alone else role.covers(self.role)

    def leads_to(self, path: str) -> bool:
        """Return True if `path` is this screen or below it."""
        section = self.section or self.path
        return path == section or path.startswith(f'{section}/')


def nav_items(_: Translator) -> tuple[NavItem, ...]:
    """Return every link of the navigation, in order."""
    return (
        NavItem('/feed', _('Feed'), 'feed', Role.FIELD),
        NavItem('/log', _('Log'), 'pencil', Role.FIELD),
        NavItem('/cases', _('Cases'), 'case', Role.FIELD),
        NavItem('/obstacles', _('Obstacles'), 'obstacle', Role.FIELD),
        NavItem('/held', _('Held reports'), 'sieve', Role.LEAD, rare=True),
        NavItem('/sites', _('Places'), 'pin', Role.ADMIN, rare=True),
        NavItem('/people', _('People'), 'people', Role.ADMIN, rare=True),
        NavItem('/audit', _('Stickers'), 'qr', Role.FIELD, rare=True),
        NavItem('/settings', _('Settings'), 'settings', Role.ADMIN, rare=True),
        NavItem('/settings/periods', _('Settings'), 'settings', Role.LEAD, rare=True, alone=True, section='/settings'),
        NavItem('/me', _('Me'), 'person', Role.FIELD),
    )


def skip_link(_: Translator) -> Text:
    """Add a link that skips the navigation, for people who use a keyboard."""
    skip = Text('a', _('To the content'))
    skip.props['href'] = '#main'
    skip.classes('skip press main')
    return skip


def navigation(role: Role, path: str, _: Translator, at_me: Callable[[], object] = lambda: None) -> ui.element:
    """Add the links that this role may use and mark the current one. `at_me` adds elements to the link Me."""
    with ui.element('nav').classes('doors') as nav:
        ui.html(hare(32), sanitize=False).classes('doors-mark')
        for item in nav_items(_):
            if item.is_for(role):
                with _link(item, is_current=item.leads_to(path)):
                    if item.path == '/me':
                        at_me()
    nav.props['aria-label'] = _('Screens')
    return nav


def _link(item: NavItem, is_current: bool) -> ui.element:
    with ui.element('a').classes('door rare' if item.rare else 'door') as link:
        ui.html(icon(item.icon), sanitize=False, tag='span')
        Text('span', item.label)
    link.props['href'] = item.path
    if is_current:
        link.props['aria-current'] = 'page'
    return link
