"""The switch of languages on every plain page: links, so that it needs no script and no cookie."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from app.i18n import LANGUAGES, Translator


@dataclass(frozen=True)
class LanguageChoice:
    """A language, what those who speak it call it, and this page's address in it."""

    language: str
    name: str
    address: str


class LanguageSwitch:
    """The languages that a page isn't in.

    A phone has room for the first two alone, and opens the others. One of those has a script unlike the page's, so that
    people see what this is without reading a word of the page.
    """

    def __init__(self, request: Request, speak: Translator, here: str) -> None:
        page = '' if here == request.url.path else here
        choices = [
            LanguageChoice(code, name, f'{page}?{urlencode({**request.query_params, "lang": code})}')
            for code, name in LANGUAGES.items() if code != speak.language
        ]  # fmt: skip
        unlike = 'en' if speak.direction == 'rtl' else 'ar'
        first, *rest = choices
        self.choices = [first, *sorted(rest, key=lambda choice: choice.language != unlike)]
