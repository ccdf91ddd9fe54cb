"""Set NiceGUI up: its texts, its socket, and the server behind whose routes it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from nicegui import Client, core, ui
from nicegui import app as nicegui_app
from nicegui.translations import translations
from starlette.requests import HTTPConnection

from app.i18n import translator
from components import js_assets
from components.shell.layout import QUASAR
from components.shell.socket_disposal import free_closed_sockets
from components.shell.socket_guard import SocketGuard, VisitorOn
from components.theme.logo import FAVICON

TAB_STORAGE_LASTS = 10.0
"""Seconds until NiceGUI forgets what it keeps for a browser's tab, which is nothing but a dictionary.

It would keep it for 30 days. Few as they are, such leftovers lie between the objects of pages, and Python returns
memory to the system by the megabyte: one leftover in it is enough to keep a megabyte.
"""


def run_nicegui(server: FastAPI, is_own_page: Callable[[HTTPConnection], bool], visitor_on: VisitorOn) -> None:
    """Let NiceGUI answer every request of the server that no route takes.

    `is_own_page` says if a page of ours opens a socket, `visitor_on` who is signed in on a device.
    """

    def is_allowed(origin: str | None, environ: dict[str, Any]) -> bool:
        return origin is not None and is_own_page(HTTPConnection(environ['asgi.scope']))

    js_assets.add_to_import_map()
    _translate()
    core.sio.eio.cors_allowed_origins = is_allowed
    SocketGuard(visitor_on).install()
    free_closed_sockets()
    nicegui_app.storage.max_tab_storage_age = TAB_STORAGE_LASTS
    ui.run_with(
        server,
        title='Haren',
        favicon=FAVICON,
        dark=None,
        language='sv',
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10,
    )


def open_screens() -> int:
    """Return the number of screens in memory: those that are open, and those that may connect again."""
    return len(Client.instances)


def _translate() -> None:
    """Translate NiceGUI's own pop-ups into the languages of the staff. NiceGUI has no Swedish ones."""
    for language, quasar_language in QUASAR.items():
        _ = translator(language)
        translations[quasar_language] = {
            'connection_lost': _('No connection'),
            'trying_to_reconnect': _('Trying again …'),
            'message_too_long': _('That was too much at once'),
            'message_too_long_body': _('Shorten it a little and try again.'),
        }
