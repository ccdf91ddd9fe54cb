"""Test `invite` as an administrator types it: beside a running Haren, without one, and where nobody sees the link."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.audit import AuditKind
from app.store.engine.data_folder import holds_data
from app.store.tools.json_import_export import export_json
from tests.test_command_line import ROOT, Haren, Serving, free_port, haren, haren_process, serving

__all__ = ['haren']

DEEP = Path(*('a_folder_with_a_long_name' for _ in range(5)), 'store')
"""Its socket has a longer path than a socket's address takes."""


@pytest.fixture(scope='module')
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, Path]]:
    """Return a server on an empty data folder, and that folder."""
    folder = tmp_path_factory.mktemp('served') / DEEP
    with serving(folder) as server:
        yield server, folder


@pytest.fixture(params=['beside a server', 'without a server'])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a data folder that a server has open, or that none has."""
    if request.param == 'without a server':
        return tmp_path / 'store'
    _, folder = request.getfixturevalue('served')
    assert isinstance(folder, Path)
    return folder


def tables(folder: Path, scratch: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the documents that are kept, by table."""
    if not holds_data(folder):
        return {}
    export_json(folder, scratch / 'db.json')
    found = json.loads((scratch / 'db.json').read_text(encoding='utf-8'))
    return {name: list(rows.values()) for name, rows in found.items()}


def names(folder: Path, scratch: Path) -> Counter[str]:
    """Return the names of the people who are kept."""
    return Counter(person['name'] for person in tables(folder, scratch).get('people', ()))


def joins(link: str) -> bool:
    """Return True if the link signs somebody in."""
    return httpx.post(link).status_code == 303


def test_somebody_is_invited_beside_a_server(served: tuple[Serving, Path], tmp_path: Path) -> None:
    server, folder = served
    for name, role in (('Åsa Öberg', 'admin'), ('Ǻsa 🦊', 'field')):
        # The shell of the administrator needn't know the server's settings.
        invited = haren_process('invite', '--role', role, name, folder=folder, PORT=free_port(), HAREN_URL='')
        assert (invited.returncode, invited.stderr) == (0, '')
        link = invited.stdout.split()[0]
        assert link.startswith(f'{server.url}/join/')
        assert name in httpx.get(link).text
        assert joins(link)
        assert not joins(link)
        found = tables(folder, tmp_path)
        (person,) = (person for person in found['people'] if person['name'] == name)
        assert person['role'] == role
        records = {record['kind'] for record in found['audit'] if record['about'] == person['id']}
        assert records == {AuditKind.PERSON_ADDED, AuditKind.INVITED}
    (socket,) = folder.glob('*.socket')
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_several_are_invited_at_once(folder: Path, tmp_path: Path) -> None:
    before = names(folder, tmp_path)
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, '-m', 'app', 'invite', f'Person {number}'], cwd=ROOT, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, encoding='utf-8', env=os.environ | {'HAREN_DATA': str(folder)},
                )
            )
            for number in range(3)
        ]  # fmt: skip
        said = [process.communicate(timeout=60) for process in running]
    assert [(process.returncode, errors) for process, (_, errors) in zip(running, said, strict=True)] == [(0, '')] * 3
    assert len({output.split()[0] for output, _ in said}) == 3
    assert names(folder, tmp_path) - before == Counter(f'Person {number}' for number in range(3))


@pytest.mark.parametrize('output', ['>&-', '>/dev/full', 'pipe'])
def test_nobody_is_added_whose_link_nobody_saw(folder: Path, tmp_path: Path, output: str) -> None:
    before = names(folder, tmp_path)
    failed = unseen(folder, output)
    assert failed.returncode == 1
    assert 'could not be shown' in failed.stderr
    assert 'nobody was added' in failed.stderr
    assert failed.stderr.count('\n') == 1
    assert names(folder, tmp_path) == before


def unseen(folder: Path, output: str) -> subprocess.CompletedProcess[str]:
    """Invite somebody with an output that takes nothing: a closed one, a full disk, or a pipe without a reader."""
    command, environment = [sys.executable, '-m', 'app', 'invite', 'Ingen'], os.environ | {'HAREN_DATA': str(folder)}
    reader, writer = os.pipe()
    os.close(reader)
    try:
        if output.startswith('>'):
            command = ['sh', '-c', f'exec "$@" {output}', 'sh', *command]
        return subprocess.run(
            command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, encoding='utf-8', env=environment, timeout=60
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize(
    ('name', 'sentence'), [('', 'Give it a name.'), (' \t ', 'Give it a name.'), ('Åsa ' * 5_000, 'at most 120 fit')]
)
def test_a_wrong_name_adds_nobody(folder: Path, tmp_path: Path, haren: Haren, name: str, sentence: str) -> None:
    before = names(folder, tmp_path)
    refused = haren('invite', name, folder=folder)
    assert (refused.returncode, refused.stdout) == (1, '')
    assert sentence in refused.stderr
    assert names(folder, tmp_path) == before


def test_a_killed_server_hinders_nobody(tmp_path: Path) -> None:
    folder = tmp_path / 'store'
    with serving(folder) as killed:
        killed.process.kill()
        killed.process.wait()
        assert list(folder.glob('*.socket'))
        assert haren_process('invite', 'Åsa', folder=folder).returncode == 0
    with serving(folder) as server:
        invited = haren_process('invite', 'Bo', folder=folder)
        assert (invited.returncode, invited.stderr) == (0, '')
        assert joins(invited.stdout.split()[0])
        _, output = server.interrupt()
    assert 'Traceback' not in output
    assert not list(folder.glob('*.socket'))
    assert names(folder, tmp_path) == Counter(['Åsa', 'Bo'])


def test_a_server_tells_how_to_invite_the_first(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        _, output = server.interrupt()
    assert 'run `python -m app invite --role admin NAME`' in output
    assert 'stop' not in output.lower()


@pytest.mark.parametrize('words', [('check',), ('audit',), ('backup', '{}/haren.tar'), ('export', '{}/db.json')])
def test_what_only_reads_works_beside_a_server(
    served: tuple[Serving, Path], tmp_path: Path, haren: Haren, words: tuple[str, ...]
) -> None:
    read = haren(*(word.format(tmp_path) for word in words), folder=served[1])
    assert (read.returncode, read.stderr) == (0, '')


@pytest.mark.parametrize('words', [('repair',), ('import', '{}/db.json'), ('restore', '--replace', '{}/haren.tar')])
def test_what_replaces_data_says_to_stop_the_server(
    served: tuple[Serving, Path], tmp_path: Path, haren: Haren, words: tuple[str, ...]
) -> None:
    _, folder = served
    assert haren('backup', str(tmp_path / 'haren.tar'), folder=folder).returncode == 0
    assert haren('export', str(tmp_path / 'db.json'), folder=folder).returncode == 0
    refused = haren(*(word.format(tmp_path) for word in words), folder=folder)
    assert refused.returncode == 1
    assert refused.stderr == f'That did not work: another Haren has {folder} open; stop it first\n'


def test_a_reader_that_ends_early_is_one_sentence(served: tuple[Serving, Path], haren: Haren) -> None:
    assert haren('invite', 'Läsare', folder=served[1]).returncode == 0
    reader, writer = os.pipe()
    os.close(reader)
    environment = os.environ | {'HAREN_DATA': str(served[1])}
    cut = subprocess.run(
        [sys.executable, '-m', 'app', 'audit'], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, encoding='utf-8',
        env=environment, timeout=60,
    )  # fmt: skip
    os.close(writer)
    assert (cut.returncode, cut.stderr) == (1, 'That did not work: Broken pipe\n')
