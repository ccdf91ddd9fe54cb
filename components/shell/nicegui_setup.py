"""Set NiceGUI up: its texts, its socket, and the server behind whose routes it answers."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from nicegui import core, ui
from nicegui.translations import translations

from app.i18n import translator
from components import js_assets
from components.shell.layout import QUASAR
from components.theme.logo import FAVICON


def run_nicegui(server: FastAPI) -> None:
    """Let NiceGUI answer every request of the server that no route takes."""
    js_assets.add_to_import_map()
    _translate()
    core.sio.eio.cors_allowed_origins = _is_own_origin
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


def _is_own_origin(origin: str | None, environ: dict[str, str]) -> bool:
    return origin is not None and urlsplit(origin).netloc == environ.get('HTTP_HOST')


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
