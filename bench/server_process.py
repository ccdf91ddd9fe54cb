"""Start servers to measure, each in its own process and on its own port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.error import URLError

HERE = Path(__file__).parents[1]
"""The checkout that this file is part of."""

PATIENCE = 60
"""Seconds that a server may take to answer for the first time."""


def served(*command: str, **environment: str) -> AbstractContextManager[tuple[str, int]]:
    """Run a command that serves on PORT. Return a context manager with its address and process id."""
    return served_from(HERE, *command, **environment)


@contextmanager
def served_from(checkout: Path, /, *command: str, **environment: str) -> Iterator[tuple[str, int]]:
    """Do the same for a command of another checkout."""
    port = _free_port()
    server = subprocess.Popen(
        [_python(checkout), '-m', *command],
        stdout=subprocess.DEVNULL,
        cwd=checkout,
        env={**os.environ, **environment, 'HOST': '127.0.0.1', 'PORT': str(port)},
    )
    address = f'http://127.0.0.1:{port}'
    try:
        _await(address, server)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Serve Haren with the demo in `folder`, as `make run` does. Yield its address."""
    with served('app', 'serve', **prepared(folder)) as (address, _):
        yield address


def prepared(folder: Path) -> dict[str, str]:
    """Fill `folder` with the demo. Return the environment to serve it."""
    environment = {'HAREN_DATA': str(folder)}
    run(sys.executable, '-m', 'app', 'demo', '--if-empty', **environment)
    return environment


def run(*command: str, **environment: str) -> str:
    """Return the output of a command. Raise CalledProcessError if it fails."""
    done = subprocess.run(
        command, check=True, env={**os.environ, **environment}, encoding='utf-8', stdout=subprocess.PIPE
    )
    return done.stdout


def fetch(address: str) -> bytes:
    """Return the body of an address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def _python(checkout: Path) -> str:
    """Return the interpreter of a checkout, or this one if it has none of its own."""
    own = checkout / '.venv/bin/python'
    return str(own) if checkout != HERE and own.exists() else sys.executable


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            fetch(address)
        except URLError as error:
            if getattr(error, 'code', None):
                return
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f'{server.args!r} does not answer')


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return int(probe.getsockname()[1])
