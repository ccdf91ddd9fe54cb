"""The switch of languages on every plain page: links, so that it needs no script and no cookie."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from app.language import LANGUAGES, Translator


@dataclass(frozen=True)
class Choice:
    """A language, what those who speak it call it, and this page's address in it."""

    language: str
    name: str
    address: str


class Switch:
    """The languages that a page isn't in.

    A phone has room for `shown` alone, and opens `others`. One that is shown has a script unlike the page's, so that
    people see what this is without reading a word of the page.
    """

    def __init__(self, request: Request, speak: Translator, here: str) -> None:
        page = '' if here == request.url.path else here
        choices = [
            Choice(code, name, f'{page}?{urlencode({**request.query_params, "lang": code})}')
            for code, name in LANGUAGES.items() if code != speak.language
        ]  # fmt: skip
        unlike = 'en' if speak.direction == 'rtl' else 'ar'
        self.shown = [choices[0], *(choice for choice in choices[1:] if choice.language == unlike)]
        self.others = [choice for choice in choices if choice not in self.shown]
