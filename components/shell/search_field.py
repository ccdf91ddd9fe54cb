"""The way to the search from every screen: a field on tablets, a button on phones. It needs no socket."""

from __future__ import annotations

from html import escape

from nicegui import ui

from app.domain.search_words import LONGEST_QUERY
from app.i18n import Translator
from components.theme.icons import icon

SEARCH = '/search'


def search_field(_: Translator) -> None:
    """Add the field and the button."""
    label = escape(_('Search'), quote=True)
    ui.html(
        f'<form action="{SEARCH}" role="search"><input type="search" name="q" maxlength="{LONGEST_QUERY}" '
        f'aria-label="{label}" placeholder="{label}" autocomplete="off" enterkeyhint="search"></form>'
        f'<a class="press" href="{SEARCH}" aria-label="{label}">{icon("search")}</a>',
        sanitize=False,
    ).classes('search-way')
