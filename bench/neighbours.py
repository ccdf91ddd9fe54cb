"""Start the servers that take turns under load: Haren, perhaps an older version, and those it is compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.store.catalogue_files import load_catalogue
from bench.server_process import HERE, fetch, served, served_from
from bench.wrk import Forms

SQLITE = {'inline': 'inline', 'thread': 'in a thread'}
"""The place where SQLite commits: on the event loop, or in a thread."""


class Town(NamedTuple):
    """A Haren under load: its address, its process, the paths of its stickers, and the forms to send to them."""

    address: str
    pid: int
    paths: list[str]
    forms: Forms

    @property
    def page(self) -> str:
        """The address of one sticker's page."""
        return self.address + self.paths[0]

    def reports(self) -> int:
        """Return the number of reports that the town has counted."""
        return sum(site['reports'] for site in json.loads(fetch(f'{self.address}/sites.json'))['sites'])


@contextmanager
def town(folder: Path, checkout: Path = HERE) -> Iterator[Town]:
    """Serve the sample town of a checkout, with its data in `folder`."""
    folder.mkdir()
    forms = Forms(folder / 'targets', folder / 'stamps')
    data = {'HAREN_DATA': str(folder / 'data'), 'STAMPS': str(forms.stamps)}
    with served_from(checkout, _town_module(checkout), **data) as (address, pid):
        paths = _stickers(address)
        _write_targets(forms.targets, paths)
        yield Town(address, pid, paths, forms)


@contextmanager
def bare_page(folder: Path, haren: Town) -> Iterator[str]:
    """Serve one of Haren's pages from a bare route. Yield its address."""
    (folder / 'page').write_bytes(fetch(haren.page))
    with served('bench.bare_server', str(folder / 'page')) as (address, _):
        yield address + haren.paths[0]


@contextmanager
def sqlite(folder: Path, place: str) -> Iterator[str]:
    """Serve the report form with SQLite that commits in this place. Yield the server's address."""
    with served('bench.sqlite_server', str(folder / f'{place}.db'), place) as (address, _):
        yield address


def _town_module(checkout: Path) -> str:
    """Return the module that serves the sample town. Its name differs between checkouts."""
    return next(f'bench.{name}' for name in ('sample_town', 'town') if (checkout / f'bench/{name}.py').exists())


def _stickers(address: str) -> list[str]:
    sites = json.loads(fetch(f'{address}/sites.json'))['sites']
    return ['/q/' + str(asset['url'])[-6:] for site in sites for asset in _assets(address, site['id'])]


def _assets(address: str, site_id: str) -> list[dict[str, object]]:
    assets: list[dict[str, object]] = json.loads(fetch(f'{address}/s/{site_id}.json'))['assets']
    return assets


def _write_targets(file: Path, paths: list[str]) -> None:
    problems = load_catalogue().asset_kind('container_coloured_glass').problems
    file.write_text(''.join(f'{path} {problem}\n' for path in paths for problem in problems), encoding='utf-8')
