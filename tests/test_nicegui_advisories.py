"""Keep out what the security advisories about the NiceGUI in use are about, until a version that closes them is taken.

- `ui.editor` shows what was stored in it as HTML, script included.
- Options of `ui.aggrid` and `ui.echart` whose keys begin with a colon run as script.
- `ui.upload` keeps the names of files as they were sent, which lead out of the folder on Windows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ('app', 'pages', 'components') for path in (ROOT / folder).rglob('*.py'))

CLOSED_IN = (3, 19)
"""The version of NiceGUI that closes the advisories."""

REFUSED = {'editor', 'upload', 'aggrid', 'echart', 'Editor', 'Upload', 'AgGrid', 'EChart', 'UploadEventArguments'}

_SCRIPT_KEY = re.compile(r':[A-Za-z_][\w.-]*')


def refused(source: str) -> Iterator[str]:
    """Yield the elements and keys in this source that are refused."""
    tree = ast.parse(source)
    aliases = {'ui', *_aliases(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=attr):
                if name in aliases and attr in REFUSED:
                    yield attr
            case ast.ImportFrom(module=str(module), names=names) if module.partition('.')[0] == 'nicegui':
                yield from (alias.name for alias in names if {alias.name, *module.split('.')} & REFUSED)
            case ast.Import(names=names):
                yield from (alias.name for alias in names if 'nicegui' in alias.name and _parts(alias.name) & REFUSED)
            case ast.Constant(value=str(text)) if _SCRIPT_KEY.fullmatch(text):
                yield text


def _aliases(tree: ast.AST) -> Iterator[str]:
    """Yield the names under which the source knows NiceGUI's elements."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or '').startswith('nicegui'):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.asname for alias in node.names if alias.asname and alias.name.startswith('nicegui'))


def _parts(name: str) -> set[str]:
    return set(name.split('.'))


@pytest.mark.parametrize(
    'source',
    [
        'from nicegui import ui\nui.editor(value=text)',
        'import nicegui\nnicegui.ui.editor()',
        'from nicegui import ui as screen\nscreen.upload(on_upload=keep)',
        'from nicegui.elements.editor import Editor',
        'import nicegui.elements.upload',
        'from nicegui.events import UploadEventArguments',
        "ui.aggrid({'rowData': rows})",
        "ui.echart({'tooltip': {}})",
        "options = {':formatter': text}",
        "options[':cellRenderer'] = text",
        "options |= dict(((':formatter', text),))",
    ],
)
def test_what_is_refused_is_found(source: str) -> None:
    assert list(refused(source))


@pytest.mark.parametrize('source', ["text = ': so'", 'editor(text)', "ui.input(':')", 'self.upload()', "x['a:b'] = 1"])
def test_what_is_harmless_is_not(source: str) -> None:
    assert not list(refused(source))


@pytest.mark.skipif(
    tuple(map(int, version('nicegui').split('.')[:2])) >= CLOSED_IN, reason='this version closes the advisories'
)
def test_no_screen_uses_what_the_advisories_are_about() -> None:
    found = {str(path): names for path in MODULES if (names := list(refused(path.read_text(encoding='utf-8'))))}
    assert not found
