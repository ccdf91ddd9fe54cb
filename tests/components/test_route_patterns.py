"""Test which addresses belong to a screen, and which never build a page."""

from __future__ import annotations

import pytest

from components.shell.route_patterns import RoutePatterns

PATHS = RoutePatterns()
PATHS.add('/feed')
PATHS.add('/entries/{entry_id}')


@pytest.mark.parametrize('path', ['/feed', '/entries/abc_DEF-123', f'/entries/{"x" * 64}'])
def test_a_screen_answers_here(path: str) -> None:
    assert path in PATHS


@pytest.mark.parametrize(
    'path',
    [
        '/feed/', '/feed/x', '/feeds', '/entries', '/entries/', '/entries/a/b', '/entries/a/', '//entries/a',
        'entries/a', '/entries/å', '/entries/a b', '/entries/..', '/entries/a%2Fb', f'/entries/{"x" * 65}',
        '/entries/a\n', '/x/entries/a', '/entries/{entry_id}',
    ],
)  # fmt: skip
def test_and_nowhere_else(path: str) -> None:
    assert path not in PATHS
