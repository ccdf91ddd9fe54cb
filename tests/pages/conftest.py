"""Watch that public pages say only what every language has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from app.i18n import Translator, translator
from tests.gettext_catalogue import extract_texts


class Overheard(Translator):
    """Speaks as the translator does, and remembers what was said."""

    def __init__(self, language: str, told: set[str]) -> None:
        spoken = translator(language)
        super().__init__(spoken.language, spoken._catalogue)
        self._told = told

    def __call__(self, message: str, /, **values: object) -> str:
        self._told.add(message)
        return super().__call__(message, **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        self._told.add(one)
        return super().plural(one, many, count, **values)


@pytest.fixture(scope='session')
def public_texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text that is gathered for plain pages."""
    return extract_texts(tmp_path_factory.mktemp('locales'), 'public')


@pytest.fixture(autouse=True)
def every_public_text_is_gathered(monkeypatch: pytest.MonkeyPatch, public_texts: Catalog) -> Iterator[None]:
    """Whatever a test gets to read on a plain page is a text that all languages have to have."""
    told: set[str] = set()
    monkeypatch.setattr('components.html.renderer.translator', lambda language: Overheard(language, told))
    yield
    assert {text for text in told if public_texts.get(text) is None} == set(), 'data/locales/public.cfg misses a place'
