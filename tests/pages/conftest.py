"""Check that public pages use only texts that every language has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from app.i18n import Translator, translator
from tests.gettext_catalogue import extract_texts


class RecordingTranslator(Translator):
    """Translates as usual, and records the messages."""

    def __init__(self, language: str, used: set[str]) -> None:
        usual = translator(language)
        super().__init__(usual.language, usual._catalogue)
        self._used = used

    def __call__(self, message: str, /, **values: object) -> str:
        self._used.add(message)
        return super().__call__(message, **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        self._used.add(one)
        return super().plural(one, many, count, **values)


@pytest.fixture(scope='session')
def public_texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the texts that are extracted for plain pages."""
    return extract_texts(tmp_path_factory.mktemp('locales'), 'public')


@pytest.fixture(autouse=True)
def every_public_text_is_gathered(monkeypatch: pytest.MonkeyPatch, public_texts: Catalog) -> Iterator[None]:
    """Check that each text of a plain page is extracted for translation into all languages."""
    used: set[str] = set()
    monkeypatch.setattr('components.html.renderer.translator', lambda language: RecordingTranslator(language, used))
    yield
    assert {text for text in used if public_texts.get(text) is None} == set(), 'data/locales/public.cfg misses a file'
