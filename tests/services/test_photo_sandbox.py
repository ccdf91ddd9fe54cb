"""Test that code in the photo process can do nothing but decode, with each layer of the sandbox alone and with all."""

from __future__ import annotations

import ast
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from app.services import photo_sandbox
from app.services.photo_processing import PhotoProcessor
from tests.sample_photos import heic, is_upright, opened, photo

ROOT = Path(__file__).parents[2]

TRIES = """
import ctypes, os, signal, socket, subprocess, sys, threading
sys.path.insert(0, {root!r})
from app.services import photo_sandbox
before = os.open({folder!r}, os.O_RDONLY)
victim = {victim}
{enter}
def tried(act):
    try:
        act()
    except (OSError, RuntimeError) as error:
        return type(error).__name__
    return 'done'
def fork():
    if os.fork() == 0:
        os._exit(0)
found = {{
    'read': tried(lambda: os.open('/etc/passwd', os.O_RDONLY)),
    'write': tried(lambda: os.open('new', os.O_WRONLY | os.O_CREAT)),
    'write from a folder': tried(lambda: os.open('new', os.O_WRONLY | os.O_CREAT, dir_fd=before)),
    'truncate': tried(lambda: os.truncate('kept', 0)),
    'unlink': tried(lambda: os.unlink('kept')),
    'rename': tried(lambda: os.rename('kept', 'gone')),
    'rename from a folder': tried(lambda: os.rename('kept', 'gone', src_dir_fd=before, dst_dir_fd=before)),
    'link': tried(lambda: os.link('kept', 'copy')),
    'symlink': tried(lambda: os.symlink('kept', 'alias')),
    'mkdir': tried(lambda: os.mkdir('folder')),
    'chmod': tried(lambda: os.chmod('kept', 0)),
    'kill': tried(lambda: os.kill(victim, signal.SIGTERM)),
    'kill the server': tried(lambda: os.kill(os.getppid(), 0)),
    'kill all': tried(lambda: os.kill(-1, 0)) if {is_locked} else 'not tried',
    'socket': tried(socket.socket),
    'unix socket': tried(lambda: socket.socket(socket.AF_UNIX)),
    'socket pair': tried(socket.socketpair),
    'pipe': tried(os.pipe),
    'fork': tried(fork),
    'exec': tried(lambda: os.execv('/bin/true', ['true'])) if {is_locked} else 'not tried',
    'spawn': tried(lambda: subprocess.run(['/bin/true'])),
    'priority': tried(lambda: os.setpriority(os.PRIO_PROCESS, victim, 19)),
    'user': tried(lambda: os.setuid(0)),
}}
thread = threading.Thread(target=lambda: found.update(thread='done'))
thread.start()
thread.join()
os.write(1, repr(found).encode())
"""

TO_PATHS = {'read', 'write', 'write from a folder', 'truncate', 'unlink', 'rename', 'rename from a folder', 'link',
            'symlink', 'mkdir', 'exec', 'spawn'}  # fmt: skip

ALL = 'photo_sandbox.enter_sandbox()'
SECCOMP = 'photo_sandbox._forbid_new_rights(); photo_sandbox._try("seccomp", photo_sandbox._filter_system_calls)'
LANDLOCK = 'photo_sandbox._forbid_new_rights(); photo_sandbox._try("Landlock", photo_sandbox._deny_paths_and_signals)'
NOBODY = 'photo_sandbox._become_nobody()'


def tries(folder: Path, enter: str) -> dict[str, str]:
    """Return what could be done after entering the sandbox in this way. Skip the test where a layer is missing."""
    folder.chmod(0o777)
    (folder / 'kept').write_text('kept', encoding='utf-8')
    (folder / 'kept').chmod(0o666)
    victim = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])
    try:
        program = TRIES.format(
            root=str(ROOT), folder=str(folder), victim=victim.pid, enter=enter, is_locked=enter != NOBODY
        )
        ran = subprocess.run(
            [sys.executable, '-I', '-c', program], capture_output=True, cwd=folder, encoding='utf-8', timeout=60
        )
        if 'sandbox: ' in ran.stderr:
            pytest.skip(ran.stderr.strip())
        assert victim.poll() is None, 'the other process was ended'
        assert ran.returncode == 0, ran.stderr
        return dict(ast.literal_eval(ran.stdout))
    finally:
        victim.kill()
        victim.wait()


@pytest.mark.parametrize('enter', [ALL, SECCOMP], ids=['all', 'seccomp'])
def test_nothing_can_be_done_in_the_sandbox(tmp_path: Path, enter: str) -> None:
    assert done(tries(tmp_path, enter)) == {'thread'}
    assert [(path.name, path.read_text(encoding='utf-8')) for path in tmp_path.iterdir()] == [('kept', 'kept')]


def test_paths_are_denied_by_landlock_alone(tmp_path: Path) -> None:
    assert not done(tries(tmp_path, LANDLOCK)) & TO_PATHS


@pytest.mark.skipif(os.geteuid() != 0, reason='only root can become another user')
def test_what_belongs_to_others_is_denied_to_nobody(tmp_path: Path) -> None:
    assert not done(tries(tmp_path, NOBODY)) & {'kill', 'kill the server', 'chmod', 'user', 'priority'}


def done(found: dict[str, str]) -> set[str]:
    """Return what could be done."""
    return {what for what, happened in found.items() if happened == 'done'}


async def test_photos_of_all_kinds_are_decoded_in_it(caplog: pytest.LogCaptureFixture) -> None:
    photo_processor = PhotoProcessor()
    for sent in (photo(orientation=6), photo('PNG', 6), photo('WEBP', 6), heic(6)):
        assert is_upright(opened(await photo_processor.process(sent)))


async def test_a_layer_that_is_missing_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    program = """
import os, runpy, sys
sys.path.insert(0, {root!r})
from app.services import photo_sandbox
photo_sandbox.{change}
os.nice = lambda by: None
sys.argv = ['photo_worker.py']
runpy.run_module('app.services.photo_worker', run_name='__main__')
"""
    for change in ('LANDLOCK_CREATE_RULESET = 100_000', 'MACHINES = {}', 'PR_SET_SECCOMP = 1000'):
        caplog.clear()
        photo_processor = PhotoProcessor((sys.executable, '-I', '-c', program.format(root=str(ROOT), change=change)))
        for _ in range(3):
            assert is_upright(opened(await photo_processor.process(photo(orientation=6))))
        assert len(caplog.messages) == 1
        assert 'photos are opened with less protection' in caplog.text


NUMBERS = {
    'x86_64': {'open': 2, 'openat': 257, 'unlink': 87, 'unlinkat': 263, 'rename': 82, 'renameat2': 316, 'kill': 62,
               'tgkill': 234, 'socket': 41, 'connect': 42, 'fork': 57, 'vfork': 58, 'execve': 59, 'execveat': 322,
               'ptrace': 101, 'process_vm_writev': 311, 'pidfd_send_signal': 424, 'io_uring_setup': 425, 'bpf': 321,
               'memfd_create': 319, 'prctl': 157, 'setuid': 105, 'truncate': 76, 'ftruncate': 77, 'dup': 32},
    'aarch64': {'openat': 56, 'unlinkat': 35, 'renameat': 38, 'renameat2': 276, 'kill': 129, 'tgkill': 131,
                'socket': 198, 'connect': 203, 'execve': 221, 'execveat': 281, 'ptrace': 117, 'process_vm_writev': 271,
                'pidfd_send_signal': 424, 'io_uring_setup': 425, 'bpf': 280, 'memfd_create': 279, 'prctl': 167,
                'setuid': 146, 'truncate': 45, 'ftruncate': 46, 'dup': 23},
}  # fmt: skip


@pytest.mark.parametrize('machine', photo_sandbox.MACHINES)
def test_the_filter_of_each_architecture_denies_by_default(machine: str) -> None:
    architecture, column = photo_sandbox.MACHINES[machine]
    program = list(photo_sandbox._filter(architecture, column))
    assert len(program) < 4096
    for name, number in NUMBERS[machine].items():
        assert answer(program, architecture, number) == photo_sandbox.DENY, name
    for name, numbers in photo_sandbox.ALLOWED.items():
        assert answer(program, architecture, numbers[column]) == photo_sandbox.ALLOW, name
    for numbers, argument, _, value in photo_sandbox.CONDITIONS.values():
        right, wrong = [0] * 6, [0] * 6
        right[argument] = value
        wrong[argument] = value ^ 0x1_0004 if value else 0x4
        assert answer(program, architecture, numbers[column], *right) == photo_sandbox.ALLOW
        assert answer(program, architecture, numbers[column], *wrong) == photo_sandbox.DENY
    assert answer(program, architecture, 435) == photo_sandbox.DENY
    assert answer(program, architecture, 0x40000000 | 1) == photo_sandbox.KILL
    assert answer(program, 0x40000003, 1) == photo_sandbox.KILL


def answer(program: list[photo_sandbox.Instruction], architecture: int, number: int, *arguments: int) -> int:
    """Run the filter on a system call, as the kernel does, and return its answer."""
    data = struct.pack('=IIQ6Q', number, architecture, 0, *(*arguments, *(0,) * (6 - len(arguments))))
    at, value = 0, 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        match code:
            case photo_sandbox.LOAD:
                (value,) = struct.unpack_from('=I', data, operand)
            case photo_sandbox.AND:
                value &= operand
            case photo_sandbox.JUMP_IF_EQUAL:
                at += if_true if value == operand else if_false
            case photo_sandbox.JUMP_IF_AT_LEAST:
                at += if_true if value >= operand else if_false
            case _:
                return operand
