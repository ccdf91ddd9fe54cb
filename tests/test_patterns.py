"""Test that no regular expression takes long, whatever text it is run on, and that none is run on endless text."""

from __future__ import annotations

import ast
import importlib
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from app.domain.bounded_pattern import BoundedPattern
from app.domain.errors import Invalid
from app.domain.positions import read_position
from app.domain.replies import ReplyKind, checked_reply
from app.i18n import negotiate_language
from app.services.photo_worker import HIDDEN_CONTENT
from app.services.sites import address
from app.web.http.session import device_name
from app.web.open_data.cors_and_etags import matches_etag
from tests.cast import Cast
from tests.js_patterns import patterns_in
from tests.node import JS, run_module
from tests.test_imports import MODULES, imports_of, name_of

AT_MOST = 0.1
"""Seconds that a pattern may take on its worst text."""

MAY_USE_RE = {
    'app.domain.bounded_pattern',
    'app.services.photo_worker',
    'app.services.photo_containers.jpeg',
    'app.services.photo_containers.png',
}
"""The class of all patterns, and the photo process: it is given 15 MB at most, and its time is limited."""

HEADS = ('', 'ja', '/q/', '2026', '@', '"', '<p class="said"', '<textarea', '<style', '/*', '+"a"\t"', 'from "./')
"""Beginnings that lead into the middle of a pattern."""

UNITS = (
    ' ', '\t \n', 'a', 'a ', '1', '1 ', '-', '-1', '.', ',', '@', '@a', '"', '\\', '\\"', '+"', '/', '/a', 'a/', 'A',
    ';', '{;', '*', '/*', '<', '<textarea', '<style', '<p class="said"', '&', '0 0', '1.1,', '#', 'sha256-', '°', "'",
    '\u200b',
)  # fmt: skip
"""Texts that are repeated up to the bound."""

TAILS = ('', 'x', '!', '\n', '\0')
"""Endings with which a match fails at the last character."""


def patterns() -> Iterator[tuple[str, BoundedPattern[Any]]]:
    """Yield each pattern of the program under the name of its module."""
    for path in MODULES:
        if 'BoundedPattern(' in path.read_text(encoding='utf-8') and name_of(path) not in MAY_USE_RE:
            for name, value in vars(importlib.import_module(name_of(path))).items():
                known = value if isinstance(value, dict) else [value]
                for place, one in enumerate(known):
                    if isinstance(one, BoundedPattern):
                        yield f'{name_of(path)}.{name}-{place}', one


PATTERNS = dict(patterns())


def seconds(run: Callable[[], object]) -> float:
    """Return the time that a call takes on the processor, at best."""

    def once() -> float:
        began = time.process_time()
        run()
        return time.process_time() - began

    first = once()
    return min(first, once(), once()) if first > AT_MOST else first


def worst_texts(longest: int) -> Iterator[str]:
    for head in HEADS:
        for unit in UNITS:
            for tail in TAILS if longest <= 10_000 else TAILS[:2]:
                yield (head + unit * (longest // len(unit) + 1))[: longest - len(tail)] + tail


@pytest.mark.parametrize('path', MODULES, ids=name_of)
def test_every_pattern_has_a_bound(path: Path) -> None:
    """A pattern that a function makes from parts of a text would be in no list."""
    if name_of(path) in MAY_USE_RE:
        return
    tree = ast.parse(path.read_text(encoding='utf-8'))
    assert not {'re', 'regex', 'fnmatch'} & {name.partition('.')[0] for name in imports_of(path)}, (
        'use a BoundedPattern'
    )
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    calls = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Call)]
    made = [node.lineno for node in calls if ast.unparse(node.func) == 'BoundedPattern']
    assert not made, 'a pattern belongs to its module, so that it is tested here'


def test_every_pattern_is_found() -> None:
    modules = [path for path in MODULES if name_of(path) not in MAY_USE_RE]
    calls = sum(path.read_text(encoding='utf-8').count('BoundedPattern(') for path in modules)
    assert calls == len(PATTERNS) > 15


@pytest.mark.parametrize('name', PATTERNS)
def test_a_pattern_is_quick_on_the_longest_text(name: str) -> None:
    pattern = PATTERNS[name]
    for text in worst_texts(pattern.longest):
        given = text if isinstance(pattern.pattern, str) else text.encode('latin-1', 'replace')
        for run in (pattern.fullmatch, pattern.match, pattern.split):
            assert seconds(lambda run=run, given=given: run(given)) < AT_MOST, (name, text[:30], run)  # type: ignore[misc]


def test_a_pattern_is_not_run_on_longer_text() -> None:
    pattern = BoundedPattern(r'(a|aa)+', longest=20)
    assert pattern.fullmatch('a' * 20)
    assert pattern.fullmatch('a' * 21) is None
    found = pattern.match('b' + 'a' * 100_000, 1)
    assert found is not None
    assert found.end() == 21
    for run in (pattern.search, pattern.findall, pattern.finditer, pattern.split):
        with pytest.raises(ValueError, match='is run on 100000'):
            run('a' * 99_999 + 'b')


def test_content_that_photos_may_hide_is_sought_in_proportion() -> None:
    for unit in (b'<', b'<script', b'<html', b'Rar!', b'a', b'<?php'):
        assert seconds(lambda unit=unit: HIDDEN_CONTENT.search(unit * (2**20 // len(unit)))) < AT_MOST  # type: ignore[misc]


LONG = 60_000


READERS: dict[str, Callable[[], object]] = {
    'an address of spaces': lambda: address(' ' * LONG + 'x'),
    'an address of words': lambda: address('a ' * LONG),
    'a reply of spaces': lambda: checked_reply(ReplyKind.YES_AND, 'ja' + ' ' * 1_990 + 'x'),
    'a browser of one word': lambda: device_name('Chrome' * LONG),
    'a browser of many': lambda: device_name('Chrome/' * LONG),
    'an etag of quotes': lambda: matches_etag('"a"', '"' * LONG),
    'etags without an end': lambda: matches_etag('"a"', 'W/"a' * LONG),
    'languages without weights': lambda: negotiate_language('sv;q=' * LONG),
    'many languages': lambda: negotiate_language('xx,' * LONG),
    'a position of digits': lambda: refused(lambda: read_position('1' * LONG, '')),
    'a position of numbers': lambda: refused(lambda: read_position('1.1 ' * LONG, '')),
    'a position of spaces': lambda: refused(lambda: read_position('1.1' + ' ' * LONG + 'x', '')),
    'a position of commas': lambda: refused(lambda: read_position('1,' * LONG, '1,1,' * LONG)),
    'a link of slashes': lambda: refused(lambda: read_position('https://' + '/1.1,1.1' * LONG, '')),
    'a link of pins': lambda: refused(lambda: read_position('https://' + '!3d1' * (LONG // 100), '')),
}


def refused(read: Callable[[], object]) -> None:
    with pytest.raises(Invalid):
        read()


@pytest.mark.parametrize('reader', READERS)
def test_what_reads_texts_of_strangers_is_quick(reader: str) -> None:
    assert seconds(READERS[reader]) < AT_MOST


@pytest.mark.parametrize(
    ('begin', 'unit', 'end'), [('2026', '+', 'x'), ('2026-', '1', ''), ('', '/', ''), ('', '%23', '1')]
)
async def test_a_typed_code_is_answered_at_once(cast: Cast, begin: str, unit: str, end: str) -> None:
    browser = cast.browser()
    began = time.process_time()
    answer = await browser.get(f'/q?code={begin}{unit * (32_000 // len(unit))}{end}')
    assert answer.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
    assert time.process_time() - began < 1


# In browsers

JS_LONGEST = 64_000
"""The characters of the longest text that a browser's pattern meets: an address, or the content of a request."""

JS_PATTERNS = [
    (path, literal) for path in sorted(JS.rglob('*.js')) for literal in patterns_in(path.read_text(encoding='utf-8'))
]


def test_the_patterns_of_browsers_are_literals() -> None:
    """A pattern that is put together while the page runs would be in no list."""
    assert len(JS_PATTERNS) > 10
    assert [path for path in JS.rglob('*.js') if 'RegExp(' in path.read_text(encoding='utf-8')] == []


def test_the_patterns_of_browsers_are_quick_on_the_longest_text() -> None:
    """Each is run on text of every kind. Node leaves a pattern only when it has finished, so the slowest is named."""
    slow = run_module(
        """
        const texts = given.heads.flatMap((head) => given.units.flatMap((unit) => given.tails.map((tail) =>
          (head + unit.repeat(given.longest / unit.length)).slice(0, given.longest - tail.length) + tail)));
        result = given.patterns.flatMap(([path, literal]) => {
          const end = literal.lastIndexOf("/");
          const pattern = new RegExp(literal.slice(1, end), literal.slice(end + 1));
          const once = (text) => {
            const began = process.cpuUsage();
            text.replace(pattern, "");
            const { user, system } = process.cpuUsage(began);
            return (user + system) / 1_000;
          };
          // Other threads of this process, such as the compiler, may have taken the time.
          const times = texts.map((text) => {
            const first = once(text);
            return first > given.atMost ? Math.min(first, once(text), once(text)) : first;
          });
          const worst = Math.max(...times);
          return worst > given.atMost ? [[path, literal, worst, texts[times.indexOf(worst)].slice(0, 30)]] : [];
        });
        """,
        {
            'patterns': [(path.name, literal) for path, literal in JS_PATTERNS],
            'longest': JS_LONGEST, 'heads': HEADS, 'units': UNITS, 'tails': TAILS[:2], 'atMost': 1_000 * AT_MOST,
        },
    )  # fmt: skip
    assert slow == []


@pytest.mark.parametrize(
    ('source', 'found'),
    [
        ('text.replace(/a\\/b/g, "/x/")', ['/a\\/b/g']),
        ('const half = width / 2 / height; return /[/]+/.test(it)', ['/[/]+/']),
        ('// it is /no/ pattern\nconst A = /a/u; /* nor /this/ */', ['/a/u']),
        ('if (!/\\s$/.test(a)) b = a ? /x/ : `/y/`', ['/\\s$/', '/x/']),
    ],
)
def test_the_patterns_of_a_browser_module_are_found(source: str, found: list[str]) -> None:
    assert list(patterns_in(source)) == found
