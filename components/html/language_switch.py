"""Offer the other languages on every public page: as links, so that no script and no cookie is needed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from app.i18n import LANGUAGES, Translator


@dataclass(frozen=True)
class LanguageChoice:
    """A language with its own name for itself, and the address of this page in it."""

    language: str
    name: str
    address: str


class LanguageSwitch:
    """The languages that a page is not in.

    A phone has room for two of them and hides the rest behind a button. The second has another script than the page, so
    that people recognise the switch without reading a word of the page.
    """

    def __init__(self, request: Request, _: Translator, here: str) -> None:
        page = '' if here == request.scope['path'] else here
        choices = [
            LanguageChoice(code, name, f'{page}?{urlencode({**request.query_params, "lang": code})}')
            for code, name in LANGUAGES.items()
            if code != _.language
        ]
        other_script = 'en' if _.direction == 'rtl' else 'ar'
        first, *rest = choices
        self.choices = [first, *sorted(rest, key=lambda choice: choice.language != other_script)]
