"""The frame of every staff screen: who may see it, the title, and the way to the other screens."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import Request
from nicegui import Client, ui
from nicegui.language import Language as QuasarLanguage

from app.domain.errors import NotAllowed
from app.domain.people import Device, Language, Person, Role
from app.i18n import Translator, translator
from app.services.container import Services
from app.services.people import Visitor
from components import CSS
from components.shell.live_updates import LiveUpdates
from components.shell.navigation import navigation, skip_link
from components.shell.pwa import add_pwa
from components.shell.route_patterns import RoutePatterns
from components.shell.screen import Screen
from components.shell.unread_badge import UnreadBadge
from components.theme import design_tokens
from components.ui.text import Text

SHEETS = ('base', 'app', 'fields', 'lists')

STYLE = ''.join((CSS / 'shell' / f'{sheet}.css').read_text() for sheet in SHEETS)

DARK = {'auto': None, 'light': False, 'dark': True}

QUASAR: Mapping[Language, QuasarLanguage] = {'sv': 'sv', 'en': 'en-GB'}
"""Each language as Quasar calls it. British, as dates and times are written in Sweden more like there."""

log = logging.getLogger(__name__)

TIME_TO_LEAVE = 1.0
"""Seconds that a browser has to show something else before its screen ends."""

SAY_ALOUD = (
    '<script>addEventListener("DOMContentLoaded", () => document.querySelectorAll(".nicegui-error-popup")'
    '.forEach((popup) => popup.setAttribute("role", "status")))</script>'
)
"""NiceGUI shows that the line is cut; this lets screen readers tell it too."""


Build = Callable[[Screen], Awaitable[None]]


@dataclass(frozen=True)
class PageSpec:
    """What a screen is registered with. `wide` screens use a tablet's whole width."""

    path: str
    title: Callable[[Translator], str]
    role: Role
    wide: bool
    build: Build


class StaffPages:
    """Registers staff screens."""

    def __init__(self, services: Services, live: LiveUpdates) -> None:
        self._services = services
        self._live = live
        self.paths = RoutePatterns()

    def screen(
        self, path: str, title: Callable[[Translator], str], role: Role = Role.FIELD, wide: bool = False
    ) -> Callable[[Build], Build]:
        """Decorate what builds the screen at `path`, for those whose role covers `role`."""

        def register(build: Build) -> Build:
            self.paths.add(path)

            @ui.page(path)
            async def page(request: Request, client: Client) -> None:
                await self._build(request, client, PageSpec(path, title, role, wide, build))

            return build

        return register

    async def _build(self, request: Request, client: Client, plan: PageSpec) -> None:
        visitor: Visitor = request.state.visitor
        screen = Screen(visitor, translator(visitor.person.language), self._services, self._live)
        title = plan.title(screen._)
        _speak(client, screen, title)
        _leave_with_access(client, screen, plan.role)
        unseen = await self._services.notifications.unseen(visitor.person)
        with _shell(screen, plan, title, unseen):
            try:
                visitor.person.require(plan.role)
            except NotAllowed as refusal:
                ui.label(screen._.refusal(refusal)).classes('notice')
                return
            await plan.build(screen)


def _speak(client: Client, screen: Screen, title: str) -> None:
    # NiceGUI has one language and theme a page; ours are the person's, so this client gets a page of its own.
    client.page = copy.copy(client.page)
    client.page.language = QUASAR[screen.visitor.person.language]
    client.page.dark = DARK[screen.visitor.person.theme]
    client.title = f'{title} – Haren'


def _leave_with_access(client: Client, screen: Screen, role: Role) -> None:
    """Let the screen go when its device is signed out or its person's role changes."""

    def check(changed: Person | Device) -> None:
        if changed.id not in (screen.visitor.person.id, screen.visitor.device.id) or _may_stay(changed, role):
            return
        ui.navigate.to('/welcome')
        # A browser may not do as it is told: without its client here it hears nothing more.
        asyncio.get_running_loop().call_later(TIME_TO_LEAVE, _end, client)

    screen.live.access.subscribe(check)


def _end(client: Client) -> None:
    """Let go of a client; of one that is away, when it comes back: if it doesn't, NiceGUI lets go of it."""
    if client.has_socket_connection:
        client.delete()
    elif not client.is_deleted:
        client.on_connect(client.delete)


def _may_stay(changed: Person | Device, role: Role) -> bool:
    if isinstance(changed, Device):
        return changed.revoked_at is None
    return changed.active and changed.role.covers(role)


def _shell(screen: Screen, plan: PageSpec, title: str, unseen: int) -> ui.element:
    ui.add_css(design_tokens.by_class() + STYLE)
    ui.add_head_html(SAY_ALOUD)
    add_pwa(screen.visitor.person, screen._)
    content = _content()
    with ui.context.client.layout:
        skip_link(screen._).move(target_index=0)
        doors = navigation(screen.visitor.person.role, plan.path, screen._, lambda: UnreadBadge(screen, unseen))
        doors.move(target_index=1)
    content.classes('screen wide' if plan.wide else 'screen')
    with content:
        _banner(screen)
        Text('h1', title)
    return content


def _banner(screen: Screen) -> None:
    """Say so while nothing can be saved."""
    _ = screen._
    banner = Text('p', _('Nothing can be saved right now: the disk takes no writes. Whoever runs Haren has to look.'))
    banner.classes('banner').props['role'] = 'status'
    banner.set_visibility(not screen.services.context.store.state.is_writable)
    screen.live.state.subscribe(lambda state: banner.set_visibility(not state.is_writable))


def _content() -> ui.element:
    """What takes a screen's elements. Quasar has put a <main> around it already, and there may be only one."""
    content = ui.context.client.content
    assert content.parent_slot is not None
    content.parent_slot.parent.props.update({'id': 'main', 'tabindex': -1})
    return content
