"""Test the staff screens without a browser, with a simulated user of NiceGUI who is signed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from inspect import isawaitable
from typing import TypeVar

import httpx
from fastapi import Request, Response
from fastapi.dependencies import models
from nicegui import Client, ElementFilter, background_tasks, core, ui
from nicegui.elements.mixins.validation_element import ValidationElement
from nicegui.functions.download import download
from nicegui.functions.navigate import Navigate
from nicegui.functions.notify import notify
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals, prepare_simulation
from nicegui.testing.user_interaction import UserInteraction

from app.domain.people import Person, Role
from app.services.container import Services
from app.services.people import PersonDraft
from app.web.http.session import Session, SessionGate
from components.shell.layout import StaffPages
from components.shell.live_updates import LiveUpdates
from components.ui.button import Button
from components.ui.select import Select
from pages.staff import SCREENS

Kind = TypeVar('Kind', bound=ui.element)

BASE = 'http://haren.test'

FASTAPI_CACHES = [function for function in vars(models).values() if hasattr(function, 'cache_clear')]
"""FastAPI's caches of handlers. Each test registers the screens again, and the handlers refer to its services.

Without clearing them, the garbage collector walks through the services of all earlier tests.
"""
SignIn = Callable[[Person], AbstractAsyncContextManager[User]]


async def hire(services: Services, name: str, role: Role) -> Person:
    """Add a person who reads English, so that tests see the texts as the code has them."""
    person = await services.people.add(None, PersonDraft(name, role))
    return await services.people.prefer(person, 'en', 'auto')


@contextmanager
def fresh_nicegui() -> Iterator[None]:
    """Reset NiceGUI, as if nothing had run on it yet in this process."""
    with nicegui_reset_globals():
        try:
            yield
        finally:
            Client.page_routes.clear()  # or the reset unloads the modules of the pages, and their classes exist twice
            ui.navigate, ui.notify, ui.download = Navigate(), notify, download
            for cached in FASTAPI_CACHES:
                cached.cache_clear()


@asynccontextmanager
async def staff_screens(services: Services) -> AsyncIterator[SignIn]:
    """Serve the staff screens behind the session gate. Yield a function that signs a person in."""
    with fresh_nicegui():
        prepare_simulation()
        live, session = LiveUpdates(services), Session(services.people, secure=False)
        pages = StaffPages(services, live)
        for screen in SCREENS:
            screen.register(pages)
        core.app.add_middleware(SessionGate, session=session, screens=pages.paths, turn_away=_turn_away)
        async with core.app.router.lifespan_context(core.app), live.following():
            yield lambda person: _sign_in(services, person)


@asynccontextmanager
async def _sign_in(services: Services, person: Person) -> AsyncIterator[User]:
    token = await services.people.invite(None, person.id)
    _, session = await services.people.join(token, 'Chrome, Android')
    transport = httpx.ASGITransport(core.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, cookies={'haren': session}) as client:
        user = User(client)
        yield user
        vars(user).clear()  # it refers to its page, and to helpers that refer to it


async def _turn_away(_: Request) -> Response:
    return Response('Nobody is signed in.', 401)


def fill_in(user: User, label: str, text: str) -> None:
    """Replace the text of the field with this label."""
    _newest(user, ui.input, label).clear().type(text)


def choose(user: User, label: str, value: str) -> None:
    """Choose an option in the field with this label."""
    (field,) = _newest(user, Select, label).elements
    field.value = value


def press(user: User, label: str) -> None:
    """Press the newest button with this label."""
    _fade_out_what_is_closed(user)
    _newest(user, Button, label).click()


async def tap_twice(user: User, label: str) -> None:
    """Press the button with this label twice. The second press comes while its dialog may be fading out."""
    button = _newest(user, Button, label)
    for _ in range(2):
        async with handled(user):
            button.click()


async def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until the condition, which may be asynchronous, is true. Raise TimeoutError if it doesn't become so."""
    async with asyncio.timeout(seconds):
        while not (await result if isawaitable(result := condition()) else result):
            await asyncio.sleep(0.01)


@asynccontextmanager
async def handled(user: User) -> AsyncIterator[None]:
    """Wait at the end until the events that are triggered inside have been handled.

    A handler that opens a dialog goes on waiting for its answer, so one handler may remain for each open dialog.
    """
    tasks, dialogs = set(background_tasks.running_tasks), _open_dialogs(user)
    yield
    await wait_until(lambda: len(background_tasks.running_tasks - tasks) <= len(_open_dialogs(user) - dialogs))


def hint(user: User, label: str) -> str:
    """Return the hint below the field with this label."""
    fields = user.find(kind=ValidationElement, content=label).elements
    return str(max(fields, key=lambda field: field.id).props.get('hint', ''))


def _open_dialogs(user: User) -> set[int]:
    with user:
        dialogs = list(ElementFilter(kind=ui.dialog, local_scope=False))
    return {dialog.id for dialog in dialogs if dialog.value and not dialog.submitted.is_set()}


def _fade_out_what_is_closed(user: User) -> None:
    with user:
        closed = [dialog for dialog in ElementFilter(kind=ui.dialog, local_scope=False) if not dialog.value]
    for dialog in closed:
        UserInteraction(user, {dialog}, '').trigger('hide')


def _newest(user: User, kind: type[Kind], label: str) -> UserInteraction[Kind]:
    """Return the element that was built last, because a dialog covers the elements before it."""
    newest = max(user.find(kind=kind, content=label).elements, key=lambda element: element.id)
    return UserInteraction(user, {newest}, label)
