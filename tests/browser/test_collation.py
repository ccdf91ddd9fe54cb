"""Test that browsers and the server sort names alike, in the order of the reader's language."""

from __future__ import annotations

import pytest

from app.domain.collation import sort_key
from tests.browser.conftest import Open, are_ready

NAMES = [
    'Adam', 'Zara', 'Ärla', 'Åsa', 'Östen', 'åke', 'Gunga 10', 'Gunga 2', 'gunga 2', 'Gunga', 'Gungan', '10 X', '2 X',
    'Müller', 'Myller', 'Mzz', 'Édith', 'Edit', 'Wahl', 'Vahl', 'Vb', 'Wa', 'Æ', 'Ærö', 'Strasse', 'Tor', 'Zlatan',
    'Øst', 'Ostra', 'Yla', 'Ülo', 'Яна', 'Іван', 'Їжак', 'Йосип', 'Ганна', 'Ґалаґан', 'Євген', 'Ева', 'أحمد', 'باسل',
    'Li 3 b', 'Li 03 a', 'Łukasz', 'Lena', 'Nils', 'Ñandu', 'Nora', 'Þor', 'Đorđe', 'Dora',
]  # fmt: skip

SORTED = """async (names) => {
    const { compareNames } = await import([...document.scripts].find((script) => script.src.includes('/public/main.js'))
        .src.replace('/public/main.js', '/lib/collation.js'));
    return names.sort(compareNames);
}"""


@pytest.mark.parametrize('language', ['sv', 'en', 'fi', 'uk', 'ar', 'so'])
def test_browsers_sort_as_the_server_does(stranger: Open, language: str) -> None:
    page = stranger()
    page.goto(f'/?lang={language}')
    are_ready(page)
    assert page.evaluate(SORTED, NAMES) == sorted(NAMES, key=lambda name: sort_key(name, language))
