"""Test the socket between `invite` and a running Haren: odd lines, hung-up and dying sides, and disks that are full."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli import invitation_socket, invite
from app.cli.invitation_socket import NAME, SHOWN, answering_invitations, connect, line_of
from app.domain.people import Person, Role
from app.services.container import Services
from app.services.operator_invitations import OperatorInvitations, PreparedInvitation
from app.settings import Settings
from app.store.protocol import ReadOnly, State
from app.store.tinydb.store import TinyStore
from tests.cast import create_test_services

Talk = tuple[asyncio.StreamReader, asyncio.StreamWriter]
WANTED = line_of({'name': 'Åsa', 'role': 'admin'})
LINKS = {'here': 'http://localhost/join/token', 'elsewhere': 'http://192.0.2.7/join/token'}


def settings_of(folder: Path) -> Settings:
    return Settings.model_validate({'HAREN_DATA': folder, 'HAREN_URL': 'https://haren.example'})


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Services]:
    """Return the services of a Haren that answers at the socket in `tmp_path`."""
    services = create_test_services(tmp_path)
    async with answering_invitations(settings_of(tmp_path), services):
        yield services
    await services.close()


@asynccontextmanager
async def talk(folder: Path, *lines: bytes) -> AsyncIterator[Talk]:
    """Connect and send lines."""
    reader, writer = await asyncio.open_unix_connection(folder / NAME)
    writer.write(b''.join(lines))
    yield reader, writer
    writer.close()
    with suppress(ConnectionError):  # the server has hung up
        await writer.wait_closed()


async def test_the_person_is_saved_when_the_link_was_shown(running: Services, tmp_path: Path) -> None:
    async with talk(tmp_path, WANTED) as (reader, writer):
        links = json.loads(await reader.readline())
        assert links['here'].startswith('https://haren.example/join/')
        assert await running.people.all() == ()
        writer.write(line_of(SHOWN))
        assert json.loads(await reader.readline()) == {'saved': True}
        assert await reader.read() == b''
    (person,) = await running.people.all()
    assert (person.name, person.role) == ('Åsa', Role.ADMIN)
    assert await running.people.invited(links['here'].rpartition('/')[2]) == person
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    'line',
    [
        b'',
        b'\n',
        b'null\n',
        b'{"name": "\xff", "role": "lead"}\n',
        b'{"name": "\\ud83e", "role": "lead"}\n',
        b'{"name": "", "role": "lead"}\n',
        b'{"name": "Bo", "role": "mayor"}\n',
        b'{"name": "Bo"}\n',
        b'[' * 8_000 + b'\n',
        b'x' * 100_000,
        b'{"name": "%b", "role": "lead"}\n' % (b'x' * 500),
    ],
    ids=range(11),
)
async def test_an_odd_line_is_refused_in_words(running: Services, tmp_path: Path, line: bytes) -> None:
    async with talk(tmp_path, line) as (reader, writer):
        writer.write_eof()
        answer = json.loads(await reader.readline())
    assert answer.keys() == {'refused'}
    assert answer['refused'].endswith('.')
    assert await running.people.all() == ()


@pytest.mark.parametrize('then', [b'', b'\n', b'{"shown": false}\n', b'{"shown"', WANTED, b'x' * 100_000], ids=range(6))
async def test_nobody_is_saved_when_the_command_ends_or_says_something_else(
    running: Services, tmp_path: Path, then: bytes
) -> None:
    async with talk(tmp_path, WANTED) as (reader, writer):
        assert 'here' in json.loads(await reader.readline())
        writer.write(then)
        writer.write_eof()
        assert b'saved' not in await reader.read()
    assert await running.people.all() == ()


@pytest.mark.parametrize('lines', [(), (WANTED,)], ids=['silent', 'with links'])
async def test_a_command_that_says_nothing_is_left(
    running: Services, tmp_path: Path, lines: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_socket, 'PATIENCE', 0.01)
    async with talk(tmp_path, *lines) as (reader, _):
        *_, last = (await reader.read()).splitlines()
        assert json.loads(last) == {'refused': 'That took too long.'}
    assert await running.people.all() == ()


async def test_open_connections_end_with_the_server(tmp_path: Path) -> None:
    services = create_test_services(tmp_path)
    async with AsyncExitStack() as stack:
        async with answering_invitations(settings_of(tmp_path), services):
            talks = [await stack.enter_async_context(talk(tmp_path, WANTED)) for _ in range(3)]
            for reader, _ in talks:
                await reader.readline()
        for reader, _ in talks:
            assert await reader.read() == b''
    assert await services.people.all() == ()
    assert not (tmp_path / NAME).exists()
    assert connect(tmp_path) is None
    await services.close()


async def test_haren_serves_where_no_socket_can_be(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    services = create_test_services(tmp_path)
    (tmp_path / NAME).mkdir()
    async with answering_invitations(settings_of(tmp_path), services):
        assert connect(tmp_path) is None
    assert 'works only while Haren is stopped' in caplog.text
    assert (tmp_path / NAME).is_dir()
    await services.close()


async def test_a_socket_of_somebody_else_counts_as_none(
    running: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('os.geteuid', lambda: 12_345)
    mine = connect(tmp_path)
    assert mine is not None  # the folder's owner is trusted with it
    mine.close()
    folder = tmp_path / 'shared'
    folder.mkdir()
    with socket.socket(socket.AF_UNIX) as theirs:
        theirs.bind(str(folder / NAME))
        theirs.listen()
        monkeypatch.setattr('pathlib.Path.lstat', lambda _: type('Theirs', (), {'st_uid': 54_321}))
        assert connect(folder) is None


async def test_a_person_comes_in_one_batch_with_their_invitation(tmp_path: Path) -> None:
    services = create_test_services(tmp_path)
    batches: list[list[str]] = []
    services.context.store.follow(lambda documents: batches.append([document.kept_in for document in documents]))
    prepared = services.operator_invitations.prepare('Åsa', Role.FIELD)
    assert batches == []
    await services.operator_invitations.save(prepared)
    assert [sorted(batch) for batch in batches] == [['audit', 'audit', 'events', 'invitations', 'people']]
    await services.close()


def invite_asa(folder: Path) -> int:
    """Return the exit status of the command."""
    return main(('--data', str(folder), 'invite', 'Åsa'))


@contextmanager
def one_who_dies(folder: Path, *answers: bytes) -> Iterator[None]:
    """Answer one connection as a server does that ends after these answers."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / NAME))
    listening.listen()
    answering = threading.Thread(target=answer_one, args=(listening, answers))
    answering.start()
    yield
    answering.join()


def answer_one(listening: socket.socket, answers: tuple[bytes, ...]) -> None:
    """Read a line before each answer."""
    connection, _ = listening.accept()
    with listening, connection, connection.makefile('rb') as lines:
        for answer in answers:
            lines.readline()
            connection.sendall(answer)
        listening.close()


@pytest.mark.parametrize(
    ('answers', 'sentence'),
    [
        ((line_of(LINKS), b''), 'if it does not work, nobody was added'),
        ((line_of(LINKS), b'{"sav'), 'if it does not work, nobody was added'),
        ((line_of(LINKS), line_of({'refused': 'The disk is full'})), 'The disk is full; the link above does not work'),
        ((line_of({'refused': 'The disk is full.'}),), 'The disk is full. Nobody was added.'),
    ],
    ids=range(4),
)
def test_what_a_dying_server_leaves_open_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: tuple[bytes, ...], sentence: str
) -> None:
    with one_who_dies(tmp_path, *answers):
        assert invite_asa(tmp_path) == 1
    said = capsys.readouterr()
    assert (LINKS['here'] in said.out) == ('above' in sentence or 'if it' in sentence)
    assert sentence in said.err
    assert said.err.count('\n') == 1


@pytest.mark.parametrize('answers', [(b'',), (b'{"here": "http',)], ids=['at once', 'in a line'])
def test_where_a_server_dies_before_it_has_answered_the_command_goes_on_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: tuple[bytes, ...]
) -> None:
    with one_who_dies(tmp_path, *answers):
        assert invite_asa(tmp_path) == 0
    assert '/join/' in capsys.readouterr().out
    assert names_in(tmp_path) == ['Åsa']


def names_in(folder: Path) -> list[str]:
    async def read() -> list[str]:
        store = TinyStore(folder)
        people = (await store.find(Person)).documents
        await store.close()
        return [person.name for person in people]

    return asyncio.run(read())


async def refuse(_: OperatorInvitations, __: PreparedInvitation) -> None:
    raise ReadOnly('the disk is full')


@pytest.fixture
def usual_interrupt() -> Iterator[None]:
    """Let Ctrl-C do what it does in a command: a simulated browser of an earlier test may have changed that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


async def press_interrupt(_: OperatorInvitations, __: PreparedInvitation) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ('save', 'sentence'),
    [
        (refuse, 'That did not work: the disk is full; the link above does not work: nobody was added\n'),
        (press_interrupt, 'interrupted; try the link above'),
    ],
)
def test_what_happens_after_the_link_was_shown_is_said(
    tmp_path: Path,
    usual_interrupt: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    save: Callable[[OperatorInvitations, PreparedInvitation], Awaitable[None]],
    sentence: str,
) -> None:
    monkeypatch.setattr(OperatorInvitations, 'save', save)
    assert invite_asa(tmp_path) == 1
    said = capsys.readouterr()
    assert '/join/' in said.out
    assert sentence in said.err
    assert said.err.count('\n') == 1
    assert names_in(tmp_path) == []


def test_no_link_is_shown_while_the_disk_takes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TinyStore, 'state', State('the disk is full'))
    assert invite_asa(tmp_path) == 1
    assert capsys.readouterr() == ('', 'That did not work: the disk is full\n')


def test_a_folder_that_another_command_has_open_is_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = TinyStore(tmp_path)
    monkeypatch.setattr('time.sleep', lambda _: asyncio.run(other.close()))
    assert invite_asa(tmp_path) == 0
    assert '/join/' in capsys.readouterr().out


def test_waiting_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    other = TinyStore(tmp_path)
    monkeypatch.setattr(invite, 'WAITS', 0.0)
    assert invite_asa(tmp_path) == 1
    assert 'stop it first; nobody was added' in capsys.readouterr().err
    asyncio.run(other.close())
