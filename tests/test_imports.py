"""Check the rules for imports: they run one way, and each library is imported only in its own places."""

from __future__ import annotations

import ast
import posixpath
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
JS = ROOT / 'components' / 'js'
MODULES = sorted(path for folder in ('app', 'pages', 'components') for path in (ROOT / folder).rglob('*.py'))

BELOW = {
    'app.domain': (),
    'app.settings': ('app.domain.bounded_pattern',),
    'app.i18n': ('app.domain',),
    'app.store': ('app.domain',),
    'app.store.engine': (
        'app.domain.bounded_pattern',
        'app.domain.document',
        'app.domain.photo_kinds',
        'app.domain.photo_names',
        'app.store.protocol',
    ),
    'app.services': ('app.domain', 'app.store'),
    'app.wording': ('app.domain', 'app.services', 'app.i18n'),
    'app.web': ('app.domain', 'app.store', 'app.services', 'app.i18n', 'app.wording'),
    'components': ('app.domain', 'app.store', 'app.services', 'app.i18n', 'app.wording'),
    'components.theme': ('app.domain.bounded_pattern', 'app.i18n', 'components.js_assets'),
    'components.ui': ('app.domain', 'app.i18n', 'components.theme'),
    'pages': ('app.domain', 'app.store', 'app.services', 'app.i18n', 'app.wording', 'app.web', 'components'),
}
"""Our folders and modules that each of them may import, besides itself."""

TOP_LEVEL = ('app.__main__', 'app.bootstrap', 'app.build', 'app.cli')

ALLOWED_IN = {
    'tinydb': ('app.store.tinydb',),
    'sqlite3': ('app.store.sqlite',),
    'nicegui': ('components', 'pages', 'app.build'),
    'PIL': ('app.services.photo_pixels', 'app.services.photo_worker'),
    'pillow_heif': ('app.services.photo_worker',),
    'segno': ('components', 'pages', 'app.cli'),
    'xlsxwriter': ('pages.files',),
    'uvicorn': ('app.web.http.server_protocol', 'app.__main__'),
    'fastapi': ('app.web', 'components', 'pages', 'app.build'),
    'starlette': ('app.web', 'components', 'pages', 'app.build'),
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix('').parts
    return '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f'{path} imports relatively'
            assert node.module is not None
            yield from (f'{node.module}.{alias.name}' for alias in node.names)


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f'{room}.')


@pytest.mark.parametrize('path', MODULES, ids=name_of)
def test_a_folder_imports_only_the_folders_below_it(path: Path) -> None:
    module = name_of(path)
    if module == 'app' or any(is_in(module, above) for above in TOP_LEVEL):
        return
    room = max((room for room in BELOW if is_in(module, room)), key=len)
    ours = {name for name in imports_of(path) if name.partition('.')[0] in ('app', 'pages', 'components', 'tests')}
    strangers = {name for name in ours if not any(is_in(name, allowed) for allowed in (room, *BELOW[room]))}
    assert not strangers, f'{module} may not name {strangers}'


@pytest.mark.parametrize('library', ALLOWED_IN)
def test_a_library_is_named_only_where_it_is_at_home(library: str) -> None:
    named_by = {name_of(path) for path in MODULES if any(is_in(name, library) for name in imports_of(path))}
    assert named_by, f'nobody names {library}: drop it here and in pyproject.toml'
    strangers = {module for module in named_by if not any(is_in(module, place) for place in ALLOWED_IN[library])}
    assert not strangers, f'{library} is named in {strangers}'


@pytest.mark.parametrize('path', [path for path in MODULES if is_in(name_of(path), 'app.domain')], ids=name_of)
def test_the_domain_needs_nothing_but_the_standard_library_and_pydantic(path: Path) -> None:
    outside = {'os', 'pathlib', 'socket', 'asyncio', 'time', 'random', 'secrets', 'logging'}
    named = {name.partition('.')[0] for name in imports_of(path)}
    assert not named & outside, 'the domain has no input, output, clock or chance'
    assert named <= {*sys.stdlib_module_names, 'app', 'pydantic'}


def js_imports_of(path: Path) -> Iterator[Path]:
    """Find the files that a browser module imports, relatively or as `haren/…`, whether they exist or not."""
    for name in re.findall(r'(?:\bfrom|\bimport)\s*\(?\s*["\']([^"\']+)["\']', path.read_text(encoding='utf-8')):
        folder = JS if name.startswith('haren/') else path.parent
        yield Path(posixpath.normpath(folder / name.removeprefix('haren/')))


def test_every_import_of_a_browser_module_leads_to_a_file() -> None:
    imports = [(path, to) for path in JS.rglob('*.js') for to in js_imports_of(path)]
    assert len(imports) > 100, 'the pattern finds the imports'
    assert [f'{path}: {to}' for path, to in imports if not to.is_file()] == []


def test_no_circle_of_folders_with_browser_modules() -> None:
    needs: defaultdict[Path, set[Path]] = defaultdict(set)
    for path in JS.rglob('*.js'):
        needs[path.parent] |= {to.parent for to in js_imports_of(path)} - {path.parent}
    assert needs
    TopologicalSorter(needs).prepare()  # raises CycleError


def test_no_circle_of_folders_with_components() -> None:
    needs: defaultdict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        folder = folder_of(name_of(path))
        if folder and path.parent != ROOT / 'components':
            needs[folder] |= {known for name in imports_of(path) if (known := folder_of(name))} - {folder}
    assert len(needs) > 5
    TopologicalSorter(needs).prepare()  # raises CycleError


def folder_of(module: str) -> str:
    """Return the folder of components with this module, or with the module of this name; '' if there is none."""
    parts = module.split('.')[:2]
    return '.'.join(parts) if parts[0] == 'components' and ROOT.joinpath(*parts).is_dir() else ''


def test_nobody_shadows_our_app() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
            if isinstance(node, ast.ImportFrom) and node.module == 'nicegui':
                assert all(alias.name != 'app' or alias.asname for alias in node.names), path


@pytest.mark.parametrize('path', [path for path in MODULES if not is_in(name_of(path), 'app.services')], ids=name_of)
def test_only_the_services_use_their_context(path: Path) -> None:
    used = [
        f'{path}:{node.lineno}'
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8')))
        if isinstance(node, ast.Attribute)
        and node.attr == 'context'
        and ast.unparse(node.value).rpartition('.')[2] in ('services', '_services')
    ]
    assert not used, 'offer what is needed as a method of a service'


def test_modules_stay_thin() -> None:
    thick = {
        name_of(path): lines for path in MODULES if (lines := len(path.read_text(encoding='utf-8').splitlines())) > 250
    }
    assert not thick
