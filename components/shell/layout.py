"""Register staff screens and lay them out: access, title, banner and navigation."""

from __future__ import annotations

import copy
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from nicegui import Client, ui
from nicegui.language import Language as QuasarLanguage

from app.domain.audit import AuditKind
from app.domain.errors import NotAllowed
from app.domain.people import Device, Language, Person, Role
from app.i18n import Translator, translator
from app.services.container import Services
from app.services.people import Visitor
from components import CSS
from components.shell import socket_guard
from components.shell.client_disposal import free_removed_elements, free_when_deleted
from components.shell.live_updates import LiveUpdates
from components.shell.navigation import navigation, skip_link
from components.shell.pwa import add_pwa
from components.shell.route_patterns import RoutePatterns
from components.shell.screen import Screen
from components.shell.search_field import SEARCH, search_field
from components.shell.unread_badge import UnreadBadge
from components.theme import design_tokens
from components.ui.text import Text

SHEETS = ('shared/written', 'shell/base', 'shell/app', 'shell/fields', 'shell/lists')

STYLE = ''.join((CSS / f'{sheet}.css').read_text(encoding='utf-8') for sheet in SHEETS)

DARK = {'auto': None, 'light': False, 'dark': True}

QUASAR: Mapping[Language, QuasarLanguage] = {'sv': 'sv', 'en': 'en-GB'}
"""Quasar's names of the languages. English is British, because its dates and times are closer to Swedish ones."""

log = logging.getLogger(__name__)

ANNOUNCE_CONNECTION_LOSS = (
    '<script>addEventListener("DOMContentLoaded", () => document.querySelectorAll(".nicegui-error-popup")'
    '.forEach((popup) => popup.setAttribute("role", "status")))</script>'
)
"""NiceGUI shows that the connection is lost. This makes screen readers announce it, too."""

Build = Callable[[Screen], Awaitable[None]]


@dataclass(frozen=True)
class PageSpec:
    """The registration of a screen. A `wide` one uses the whole width of a tablet."""

    path: str
    title: Callable[[Translator], str]
    role: Role
    wide: bool
    build: Build


class StaffPages:
    """Register staff screens with NiceGUI. `paths` knows all their addresses."""

    def __init__(self, services: Services, live: LiveUpdates) -> None:
        self._services = services
        self._live = live
        self.paths = RoutePatterns()
        free_removed_elements()

    def screen(
        self, path: str, title: Callable[[Translator], str], role: Role = Role.FIELD, wide: bool = False
    ) -> Callable[[Build], Build]:
        """Decorate the function that builds the screen at `path`, for people whose role covers `role`."""

        def register(build: Build) -> Build:
            self.paths.add(path)

            @ui.page(path)
            async def page(request: Request, client: Client) -> None:
                await self._build(request, client, PageSpec(path, title, role, wide, build))

            return build

        return register

    async def _build(self, request: Request, client: Client, spec: PageSpec) -> None:
        free_when_deleted(client)
        visitor: Visitor = request.state.visitor
        screen = Screen(visitor, translator(visitor.person.language), self._services, self._live)
        title = spec.title(screen._)
        _set_language_and_theme(client, screen, title)
        _leave_without_access(client, screen, spec.role)
        unseen = await self._services.notifications.unseen(visitor.person)
        with _shell(screen, spec, title, unseen):
            try:
                visitor.person.require(spec.role)
            except NotAllowed as refusal:
                await self._services.audit_log.note(AuditKind.DENIED, visitor.person)
                ui.label(screen._.refusal(refusal)).classes('notice')
                return
            await spec.build(screen)


def _set_language_and_theme(client: Client, screen: Screen, title: str) -> None:
    # NiceGUI has one language and theme per page, Haren one per person: so each client gets its own copy of the page.
    client.page = copy.copy(client.page)
    client.page.language = QUASAR[screen.visitor.person.language]
    client.page.dark = DARK[screen.visitor.person.theme]
    client.title = f'{title} – Haren'


def _leave_without_access(client: Client, screen: Screen, role: Role) -> None:
    """Leave the screen when its device is signed out, its session ends, or its person may no longer see it."""
    device = screen.visitor.device
    socket_guard.bind(client, device.id)

    def check(changed: Person | Device) -> None:
        if changed.id in (screen.visitor.person.id, device.id) and not _may_stay(changed, role):
            socket_guard.leave(client)

    def check_time(now: datetime) -> None:
        if not device.is_open(now):
            socket_guard.leave(client)

    screen.live.access.subscribe(check)
    screen.live.time.subscribe(check_time)


def _may_stay(changed: Person | Device, role: Role) -> bool:
    if isinstance(changed, Device):
        return changed.revoked_at is None
    return changed.active and changed.role.covers(role)


def _shell(screen: Screen, spec: PageSpec, title: str, unseen: int) -> ui.element:
    ui.add_css(design_tokens.by_class() + STYLE)
    ui.add_head_html(ANNOUNCE_CONNECTION_LOSS)
    add_pwa(screen.visitor.person, screen._)
    content = _content()
    with ui.context.client.layout:
        skip_link(screen._).move(target_index=0)
        nav = navigation(screen.visitor.person.role, spec.path, screen._, lambda: UnreadBadge(screen, unseen))
        nav.move(target_index=1)
    content.classes('screen wide' if spec.wide else 'screen')
    with content:
        _banner(screen)
        with ui.element('div').classes('screen-head'):
            Text('h1', title)
            if spec.path != SEARCH:
                search_field(screen._)
    return content


def _banner(screen: Screen) -> None:
    """Show a banner while the store cannot save anything."""
    _ = screen._
    banner = Text('p', _('Nothing can be saved right now: the disk takes no writes. Whoever runs Haren has to look.'))
    banner.classes('banner').props['role'] = 'status'
    banner.set_visibility(not screen.services.store_state.is_writable)
    screen.live.state.subscribe(lambda state: banner.set_visibility(not state.is_writable))


def _content() -> ui.element:
    """Return the element that takes the screen's content. Quasar has put a <main> around it; only one is allowed."""
    content = ui.context.client.content
    assert content.parent_slot is not None
    content.parent_slot.parent.props.update({'id': 'main', 'tabindex': -1})
    return content
