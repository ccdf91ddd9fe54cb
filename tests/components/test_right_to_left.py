"""Test the style sheets of languages that are written from right to left."""

from __future__ import annotations

import pytest

from components import CSS
from components.html.right_to_left import mirrored


@pytest.mark.parametrize(
    ('css', 'expected'),
    [
        ('.icon{margin-right:.5rem}', '.icon{margin-left:.5rem}'),
        ('.a{text-align:left;float:right}', '.a{text-align:right;float:left}'),
        ('.a{right:0;padding-left:1rem}', '.a{left:0;padding-right:1rem}'),
        ('.a{border-left-width:1px}', '.a{border-right-width:1px}'),
        ('.a{margin:0 .5rem .25rem 0}', '.a{margin:0 0 .25rem .5rem}'),
        ('.a{margin:0 .5rem .25rem}', '.a{margin:0 .5rem .25rem}'),
        ('.a{border-width:3px 3px 0 0}', '.a{border-width:3px 0 0 3px}'),
        ('.a{transform:rotate(45deg)}', '.a{transform:rotate(-45deg)}'),
        ('h1{letter-spacing:-.01em;margin:0}', 'h1{margin:0}'),
        ('@media(a){.a{margin-left:0}}.b{margin:0}', '@media(a){.a{margin-right:0}}.b{margin:0}'),
        ('.left-over .is-right{color:red}', '.left-over .is-right{color:red}'),
    ],
)  # fmt: skip
def test_left_and_right_are_swapped(css: str, expected: str) -> None:
    assert mirrored(css) == expected


@pytest.mark.parametrize('sheet', ['base', 'more', 'thanks', 'offline'])
def test_mirrored_twice_is_as_it_was(sheet: str) -> None:
    css = (CSS / f'plain/{sheet}.css').read_text(encoding='utf-8').replace('letter-spacing:-.01em;', '')
    assert mirrored(mirrored(css)) == css
    assert mirrored(css) != css or sheet == 'offline'
