"""Test that every text is read and written in UTF-8 by name: the locale of a machine must not decide what is kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ('app', 'bench', 'components', 'docs', 'pages', 'tests')
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob('*.py'))

TEXT_FILES = {'read_text': 0, 'write_text': 1, 'TextIOWrapper': 1, 'FileHandler': 2}
"""Calls that are always about text, and the position of their encoding."""

OPENING = {'open': 1, 'fdopen': 1, 'NamedTemporaryFile': 0, 'TemporaryFile': 0, 'SpooledTemporaryFile': 1}
"""Calls that open a file, and the position of their mode. They open for text or for bytes."""

BYTES_BY_DEFAULT = {'NamedTemporaryFile', 'TemporaryFile', 'SpooledTemporaryFile'}
RUNNING = {'run', 'Popen', 'check_output', 'check_call', 'call'}
MODE = re.compile('[rwxabt+]{1,3}')


@pytest.mark.parametrize('folder', FOLDERS)
def test_every_text_names_its_encoding(folder: str) -> None:
    silent = [
        f'{path.relative_to(ROOT)}:{line}'
        for path in FILES
        if path.is_relative_to(ROOT / folder)
        for line in calls_without_encoding(path.read_text(encoding='utf-8'))
    ]
    assert not silent


@pytest.mark.parametrize(
    'call',
    [
        'path.read_text()', "path.write_text('å')",
        "open('x')", "open('x', 'w')", "path.open('a')",
        "Path('x').open(mode='r')", "os.fdopen(3, 'w')", "subprocess.run(['x'], text=True)",
        "subprocess.Popen(['x'], universal_newlines=True)",
        "tempfile.NamedTemporaryFile('w')", 'io.TextIOWrapper(raw)',
        "logging.FileHandler('x')",
    ],
)  # fmt: skip
def test_a_call_without_encoding_is_found(call: str) -> None:
    assert list(calls_without_encoding(call)) == [1]


@pytest.mark.parametrize(
    'call',
    [
        "path.read_text('utf-8')", "path.write_text('å', encoding='utf-8')",
        "open('x', 'rb')", "path.open('xb')",
        "path.open(encoding='utf-8')", "os.open('x', os.O_RDONLY)", "subprocess.run(['x'], encoding='utf-8')",
        "check_output(['x'], text=True, encoding='utf-8')", 'tempfile.TemporaryFile()',
        'self.dialog.open()', 'path.read_bytes()', 'cases.open()', 'browser.open("/me")',
    ],
)  # fmt: skip
def test_a_call_that_names_it_or_reads_bytes_is_not(call: str) -> None:
    assert list(calls_without_encoding(call)) == []


def calls_without_encoding(code: str) -> Iterator[int]:
    """Yield the lines of calls that leave the encoding of a text to the locale."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and _is_about_text(node) and not _names_encoding(node):
            yield node.lineno


def _is_about_text(call: ast.Call) -> bool:
    name = _name(call)
    if name in TEXT_FILES:
        return True
    if name in RUNNING:
        return any(word.arg in ('text', 'universal_newlines') for word in call.keywords)
    default = 'b' if name in BYTES_BY_DEFAULT else 'r'
    return name in OPENING and _opens_a_file(call) and 'b' not in _mode(call, default)


def _opens_a_file(call: ast.Call) -> bool:
    """Return True for `open` and for a path's method with a mode, and not for those of dialogs and archives.

    The linter finds a path's `open()` without a mode.
    """
    is_method = isinstance(call.func, ast.Attribute) and call.func.attr == 'open'
    mode = _mode(call, '')
    return not is_method or (MODE.fullmatch(mode) is not None and ast.unparse(call.func) != 'os.open')


def _mode(call: ast.Call, default: str) -> str:
    name = _name(call)
    position = 0 if name == 'open' and isinstance(call.func, ast.Attribute) else OPENING[name]
    given = [word.value for word in call.keywords if word.arg == 'mode'] or call.args[position : position + 1]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else default


def _names_encoding(call: ast.Call) -> bool:
    at = TEXT_FILES.get(_name(call), 99)
    return len(call.args) > at or any(word.arg == 'encoding' for word in call.keywords)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, 'id', '')
