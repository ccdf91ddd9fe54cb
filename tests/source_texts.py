"""Find texts for people in the source code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from app.domain.errors import Refusal
from tests.gettext_catalogue import ROOT

MODULES = sorted(path for folder in ('app', 'components', 'pages') for path in (ROOT / folder).rglob('*.py'))
TEMPLATES = sorted((ROOT / 'components' / 'templates').iterdir())
SCRIPTS = sorted((ROOT / 'components' / 'js').rglob('*.js'))

TRANSLATING = {'_', '_translator', 'plural', 'msgid', *(kind.__name__ for kind in Refusal.__subclasses__())}
"""Functions whose first text is a msgid."""


def texts_to_translate(code: str) -> Iterator[ast.expr]:
    """Find what is passed as a msgid, also inside an f-string, where the extraction does not look."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = called(node.func)
        if name in TRANSLATING:
            yield from node.args[1:2] if name == 'Invalid' else node.args[:2] if name == 'plural' else node.args[:1]


def called(function: ast.expr) -> str:
    """Return the name of what is called: `_` for `_(…)`, `self._(…)` and `translator(language)(…)`."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=maker) if 'translator' in called(maker):
            return '_'
        case _:
            return ''


def literals(text: ast.expr) -> set[str]:
    """Return the literal texts among which an expression chooses."""
    match text:
        case ast.Constant(value=str(words)):
            return {words}
        case ast.IfExp(body=body, orelse=other):
            return literals(body) | literals(other)
        case _:
            return set()
