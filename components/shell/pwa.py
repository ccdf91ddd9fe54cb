"""Add to every staff screen: the installable app, the outbox, and the notice of a new version.

All of it runs in the browser (js/shell/main.js), so that it works without a socket.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from nicegui import ui

from app.domain.people import Person
from app.i18n import Translator
from components import js_assets
from components.offline.case_words import unsent_act_words
from components.theme import pwa_head
from components.theme.icons import icon

_KEEP_INSTALL_OFFER = (
    '<script>addEventListener("beforeinstallprompt",(event)=>{event.preventDefault();window.harenInstall=event;'
    'dispatchEvent(new Event("haren:installable"))})</script>'
)
"""A browser offers the installation once, perhaps before any module has loaded. This keeps the offer."""


def add_pwa(person: Person, _: Translator) -> None:
    """Add the tags and the module to the page that is being built."""
    ui.add_head_html(pwa_head.head(_, person.theme) + _KEEP_INSTALL_OFFER)
    words = escape(json.dumps(_words(person, _), ensure_ascii=False))
    ui.add_body_html(f'<script type="module" src="{js_assets.address("shell/main.js")}" data-staff="{words}"></script>')


def install_hint(_: Translator, by_hand: bool = True) -> None:
    """Add a card that offers to put Haren on the home screen. js/shell/install-hint.js shows it if that is possible.

    With `by_hand` it also explains what to do in browsers that offer no button for it.
    """
    ui.add_body_html(js_assets.script('shell/install-hint.js'))
    ui.html(_hint(_, _guides(_) if by_hand else ''), sanitize=False)


def _words(person: Person, _: Translator) -> dict[str, Any]:
    return {
        'ready': _('There is a new version of Haren.'),
        'reload': _('Load it'),
        'later': _('Later'),
        'acts': {**unsent_act_words(_), 'person': person.id},
    }


def _guides(_: Translator) -> str:
    apple = _('iPhone and iPad, in Safari: press the share symbol, then “Add to Home Screen”.')
    firefox = _('In Firefox: press ⋮, then “Add to Home screen” or “Install”.')
    return f'<p data-way="apple" hidden>{escape(apple)}</p><p data-way="firefox" hidden>{escape(firefox)}</p>'


def _hint(_: Translator, guides: str) -> str:
    heading, why = _('Put Haren on the home screen'), _('Then it opens with one tap, like any app.')
    install, dismiss = _('Add Haren'), _('Not now')
    plus = icon('plus')
    return (
        f'<install-hint class="card install" hidden><h2>{escape(heading)}</h2><p>{escape(why)}</p>{guides}'
        f'<p class="row"><button type="button" class="press" data-install hidden>{plus}{escape(install)}</button>'
        f'<button type="button" class="press" data-dismiss>{escape(dismiss)}</button></p></install-hint>'
    )
