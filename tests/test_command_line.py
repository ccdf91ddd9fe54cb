"""Test the command line, as an administrator types it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from tinydb import TinyDB

from app.__main__ import main
from app.domain.cases import Case
from app.store.catalogue_files import FOLDER, load_catalogue
from app.store.tinydb.store import TinyStore

ROOT = Path(__file__).parents[1]
CLEANLY_WITHIN = 2.0
"""Seconds from Ctrl-C to the end."""


class Ran(NamedTuple):
    """The result of a command in the terminal."""

    returncode: int
    stdout: str
    stderr: str


Haren = Callable[..., Ran]


@pytest.fixture
def haren(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Haren:
    """Run a command in this process: `haren('invite', 'Åsa', folder=tmp_path)`."""

    def run(*words: str, folder: Path) -> Ran:
        monkeypatch.setenv('HAREN_DATA', str(folder))
        return Ran(main(words), *capsys.readouterr())

    return run


def test_a_calendar_that_can_not_be_read_stops_the_start(
    haren: Haren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / 'catalogue')
    (folder / 'calendar.toml').write_text('monday = ["16-7"]', encoding='utf-8')
    monkeypatch.setattr('app.bootstrap.load_catalogue', lambda: load_catalogue(folder))
    for command in ('serve', 'demo'):
        stopped = haren(command, folder=tmp_path / 'store')
        assert stopped.returncode == 1
        assert stopped.stderr.startswith(f'That did not work: {folder}/calendar.toml: ')
        assert stopped.stderr.count('\n') == 1


def haren_process(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an administrator types it, in a process of its own."""
    return subprocess.run(
        [sys.executable, '-m', 'app', *words],
        cwd=ROOT,
        capture_output=True,
        encoding='utf-8',
        timeout=60,
        env=os.environ | {'HAREN_DATA': str(folder)} | environment,
    )


def free_port() -> str:
    """Find a port on which nobody listens."""
    with socket.create_server(('127.0.0.1', 0)) as probe:
        return str(probe.getsockname()[1])


class Serving:
    """A server that was started in a terminal."""

    def __init__(self, folder: Path, **environment: str) -> None:
        port = free_port()
        self.url = f'http://127.0.0.1:{port}'
        settings = {'HAREN_DATA': str(folder), 'HOST': '127.0.0.1', 'PORT': port, **environment}
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'app', 'serve'], cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding='utf-8',
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                httpx.get(f'{self.url}/healthz')
                return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail('the server did not start')

    def interrupt(self) -> tuple[float, str]:
        """Press Ctrl-C. Return how many seconds it took, and everything that was printed."""
        pressed = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        output, _ = self.process.communicate(timeout=15)
        return time.monotonic() - pressed, output


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Serving]:
    served = Serving(folder, **environment)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()
        assert served.process.stdout is not None
        served.process.stdout.close()


@pytest.mark.alone
def test_the_demo_is_shown_once_and_a_restart_keeps_data_and_sign_ins(tmp_path: Path, haren: Haren) -> None:
    assert haren('demo', folder=tmp_path).returncode == 0
    with serving(tmp_path, WEB_CONCURRENCY='2') as first, httpx.Client(base_url=first.url) as lova:
        assert lova.get('/').status_code == 200
        links = links_of(first)
        assert all(link.startswith(first.url) for link in links.values())
        assert lova.get(links['a sticker']).status_code == 200
        token = sign_in(links['lead'], lova)
        assert lova.get('/feed').status_code == 200
        took, output = first.interrupt()
        assert first.process.returncode == 0
        assert took < CLEANLY_WITHIN
        assert 'Traceback' not in output
        assert token not in output
        cookies = dict(lova.cookies)
    with serving(tmp_path) as second:
        assert httpx.get(f'{second.url}/feed', cookies=cookies).status_code == 200
        assert httpx.get(f'{second.url}/feed').status_code == 401
        assert httpx.post(f'{second.url}/join/{token}').status_code == 410
        with httpx.Client(base_url=second.url) as fia:
            sign_in(links['field'], fia)  # printed by the first, and not used before
        assert second.interrupt()[0] < CLEANLY_WITHIN


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a data folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob('[js]*-*'))}


def links_of(served: Serving) -> dict[str, str]:
    """Read the links in the terminal."""
    assert served.process.stdout is not None
    links: dict[str, str] = {}
    while not {'a sticker', 'field', 'lead', 'admin'} <= links.keys():
        if found := re.match(r'  (a sticker|\w+) +(http\S+)$', served.process.stdout.readline()):
            links[found[1]] = found[2]
    return links


def sign_in(link: str, browser: httpx.Client) -> str:
    """Use an invitation. Return its token."""
    token = link.rpartition('/')[2]
    assert browser.post(f'/join/{token}').status_code == 303
    return token


def test_a_real_installation_starts_empty_with_an_invitation(tmp_path: Path, haren: Haren) -> None:
    invited = haren('invite', '--role', 'admin', 'Åsa Öberg', folder=tmp_path)
    assert invited.returncode == 0
    link = invited.stdout.split()[0]
    assert '/join/' in link
    assert '█' in invited.stdout
    with serving(tmp_path) as served, httpx.Client(base_url=served.url) as asa:
        assert 'Åsa Öberg' in asa.get(f'/join/{link.rpartition("/")[2]}').text
        assert asa.post(f'/join/{link.rpartition("/")[2]}').status_code == 303
        assert asa.get('/sites').status_code == 200
        busy = haren('repair', folder=tmp_path)
        assert busy.returncode == 1
        assert 'stop it first' in busy.stderr
        assert 'Traceback' not in busy.stderr
        _, output = served.interrupt()
        assert '/join/' not in output


def test_the_demo_fills_only_an_empty_folder(tmp_path: Path, haren: Haren) -> None:
    assert haren('invite', 'Åsa', folder=tmp_path).returncode == 0
    kept = content(tmp_path)
    assert haren('demo', '--if-empty', folder=tmp_path).returncode == 0
    refused = haren('demo', folder=tmp_path)
    assert refused.returncode == 1
    assert 'holds data already' in refused.stderr
    assert content(tmp_path) == kept


def damage(folder: Path) -> Path:
    """Flip a bit in the middle of the journal. Return its path."""
    (journal,) = folder.glob('journal-*')
    flipped = bytearray(journal.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    journal.write_bytes(flipped)
    return journal


def test_a_damaged_store_stops_every_command_with_a_sentence(tmp_path: Path, haren: Haren) -> None:
    assert haren('invite', 'Åsa', folder=tmp_path).returncode == 0
    journal = damage(tmp_path)
    for refused in (haren('invite', 'Åsa', folder=tmp_path), haren_process('serve', folder=tmp_path, PORT=free_port())):
        assert refused.returncode == 1
        assert f'{journal} is damaged at byte' in refused.stderr
        assert 'Traceback' not in refused.stderr


def test_a_running_server_is_backed_up_checked_and_brought_back(tmp_path: Path, haren: Haren) -> None:
    store, file, again = tmp_path / 'store', tmp_path / 'haren.tar', tmp_path / 'again'
    assert haren('demo', folder=store).returncode == 0
    with serving(store) as served:
        assert haren('check', folder=store).returncode == 0
        assert haren('backup', str(file), folder=store).returncode == 0
        assert haren('repair', folder=store).returncode == 1
        served.interrupt()
    assert haren('restore', str(file), folder=again).returncode == 0
    refused = haren('restore', str(file), folder=again)
    assert refused.returncode == 1
    assert 'holds data already' in refused.stderr
    assert haren('restore', '--replace', str(file), folder=again).returncode == 0
    assert asyncio.run(cases_of(again)) == asyncio.run(cases_of(store))


async def cases_of(folder: Path) -> list[Case]:
    """Return all cases that a data folder keeps, at least one."""
    store = TinyStore(folder)
    cases = (await store.find(Case, limit=10_000)).documents
    await store.close()
    assert cases
    return list(cases)


def test_what_is_damaged_is_reported_and_what_is_whole_is_saved(tmp_path: Path, haren: Haren) -> None:
    for name in ('Åsa', 'Bo', 'Eva'):
        assert haren('invite', name, folder=tmp_path).returncode == 0
    journal = damage(tmp_path)
    found = haren('check', folder=tmp_path)
    assert found.returncode == 1
    assert f'Damaged: {journal}' in found.stdout
    repaired = haren('repair', folder=tmp_path)
    assert repaired.returncode == 0
    assert 'Lost:' in repaired.stdout
    assert haren('check', folder=tmp_path).returncode == 0
    assert haren('invite', 'Ida', folder=tmp_path).returncode == 0


def test_everything_can_leave_for_stock_tinydb_and_come_back(tmp_path: Path, haren: Haren) -> None:
    store, file, again = tmp_path / 'store', tmp_path / 'db.json', tmp_path / 'again'
    assert haren('invite', 'Åsa Öberg', folder=store).returncode == 0
    assert haren('export', str(file), folder=store).returncode == 0
    with TinyDB(file) as stock:
        tables = stock.storage.read()
    assert tables is not None
    assert [person['name'] for person in tables['people'].values()] == ['Åsa Öberg']
    assert haren('import', str(file), folder=again).returncode == 0
    assert haren('check', folder=again).stdout == haren('check', folder=store).stdout.replace(str(store), str(again))
    refused = haren('import', str(file), folder=again)
    assert (refused.returncode, 'holds data already' in refused.stderr) == (1, True)


def test_the_folder_may_be_named_before_or_after_the_command(tmp_path: Path, haren: Haren) -> None:
    for number, words in enumerate((('--data', '{}', 'invite', 'Åsa'), ('invite', '--data', '{}', 'Åsa'))):
        folder = tmp_path / str(number)
        output = haren(*(word.format(folder) for word in words), folder=tmp_path / 'elsewhere')
        assert output.returncode == 0
        assert content(folder)
    assert not (tmp_path / 'elsewhere').exists()


def interrupted(folder: Path) -> bool:
    """Press Ctrl-C while the demo is being filled. Return True if it was not done yet."""
    filling = subprocess.Popen(
        [sys.executable, '-m', 'app', 'demo'], cwd=ROOT, env=os.environ | {'HAREN_DATA': str(folder)},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while filling.poll() is None and not list(folder.parent.rglob('journal-*')):
        time.sleep(0.005)
    filling.send_signal(signal.SIGINT)
    return filling.wait(timeout=30) != 0


def test_an_interrupted_demo_leaves_nothing_half(tmp_path: Path, haren: Haren) -> None:
    stores = (tmp_path / str(number) / 'store' for number in range(20))
    store = next(store for store in stores if interrupted(store))
    assert not store.exists()
    assert haren('demo', '--if-empty', folder=store).returncode == 0
    assert content(store)


def test_a_wrong_setting_stops_the_start_with_a_sentence(
    tmp_path: Path, haren: Haren, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv('PORT', 'http')
    refused = haren('serve', folder=tmp_path)
    assert refused.returncode == 1
    assert 'PORT=http' in refused.stderr


def test_a_port_that_is_taken_is_reported(tmp_path: Path, haren: Haren, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(('127.0.0.1', 0)) as taken:
        monkeypatch.setenv('HOST', '127.0.0.1')
        monkeypatch.setenv('PORT', str(taken.getsockname()[1]))
        refused = haren(folder=tmp_path)
    assert refused.returncode == 1
    assert 'Address already in use' in refused.stderr
    assert refused.stdout == ''
