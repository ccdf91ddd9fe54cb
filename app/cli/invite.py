"""The command `invite`: a running Haren adds the person, or else the command does.

The link is shown first and the person is saved then: nobody is added whose link nobody has seen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import time
from collections.abc import Callable

from app.cli.terminal import CommandFailed, reason, show, typed_text
from app.domain.document import checked_name
from app.domain.people import Role
from app.settings import Settings
from app.store.protocol import InUse, StoreError

WAITS = 10.0
"""Seconds to wait for a Haren that is starting or ending, or for another command."""

PAUSE = 0.1

NOBODY_ADDED = 'the link above does not work: nobody was added'
UNCERTAIN = 'that was interrupted; try the link above: if it does not work, nobody was added'


class _NoAnswer(Exception):
    """Haren ended before anything was shown."""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'invite', parents=[shared], help='add a person and print a one-time sign-in link; Haren may be running'
    )
    parser.add_argument('--role', choices=[role.value for role in Role], default=Role.FIELD.value)
    parser.add_argument('name', type=typed_text, help='the person’s name')
    parser.set_defaults(run=invite)


def invite(settings: Settings, chosen: argparse.Namespace) -> int:
    """Add a person and print the link that signs them in, once."""
    name, role = checked_name(chosen.name), Role(chosen.role)
    _until_free(lambda: _invite_beside_server(settings, name, role) or asyncio.run(_invite_here(settings, name, role)))
    return 0


def _until_free(attempt: Callable[[], object]) -> None:
    """Try again for a while if another process has the folder open and answers nothing."""
    end = time.monotonic() + WAITS
    while True:
        try:
            attempt()
            return
        except (InUse, _NoAnswer) as error:
            if time.monotonic() >= end:
                raise CommandFailed(f'{reason(error)}; nobody was added') from error
            time.sleep(PAUSE)


async def _invite_here(settings: Settings, name: str, role: Role) -> None:
    from app.bootstrap import create_services
    from app.cli.startup_message import sign_in_links

    services = create_services(settings)
    try:
        prepared = services.operator_invitations.prepare(name, role)
        _show(*sign_in_links(settings, prepared.token))
        try:
            await services.operator_invitations.save(prepared)
        except (StoreError, OSError) as error:
            raise CommandFailed(f'{reason(error)}; {NOBODY_ADDED}') from error
        except asyncio.CancelledError as error:  # Ctrl-C
            raise CommandFailed(UNCERTAIN) from error
    finally:
        await services.close()


def _invite_beside_server(settings: Settings, name: str, role: Role) -> bool:
    """Let a running Haren add the person. Return False if none is running. Its links have its own addresses."""
    from app.cli.invitation_socket import connect

    connection = connect(settings.data)
    if connection is None:
        return False
    with connection:
        _show(**_ask_for_links(connection, name, role))
        _have_it_saved(connection)
    return True


def _ask_for_links(connection: socket.socket, name: str, role: Role) -> dict[str, str]:
    from app.cli.invitation_socket import REFUSED, line_of

    try:
        connection.sendall(line_of({'name': name, 'role': role.value}))
        answer = _read(connection)
    except TimeoutError as error:
        raise CommandFailed('Haren is running and does not answer; nobody was added') from error
    except OSError as error:
        raise _NoAnswer('Haren is ending') from error
    if REFUSED in answer:
        raise CommandFailed(f'{answer[REFUSED]} Nobody was added.')
    return answer


def _have_it_saved(connection: socket.socket) -> None:
    from app.cli.invitation_socket import REFUSED, SHOWN, line_of

    try:
        connection.sendall(line_of(SHOWN))
    except OSError as error:
        raise CommandFailed(f'Haren has ended or waited for too long; {NOBODY_ADDED}') from error
    try:
        answer = _read(connection)
    except (OSError, KeyboardInterrupt) as error:
        raise CommandFailed(UNCERTAIN) from error
    if REFUSED in answer:
        raise CommandFailed(f'{answer[REFUSED]}; {NOBODY_ADDED}')


def _read(connection: socket.socket) -> dict[str, str]:
    """Return the next answer. Raise OSError if there is none."""
    with connection.makefile('rb') as lines:
        line = lines.readline()
    if not line.endswith(b'\n'):
        raise ConnectionResetError
    return dict(json.loads(line))


def _show(here: str, elsewhere: str) -> None:
    """Print the links. Raise CommandFailed if nobody can have seen them."""
    from app.cli.startup_message import SignInLinks, invitation

    try:
        show(invitation(SignInLinks(here, elsewhere)))
    except OSError as error:
        raise CommandFailed(f'the link could not be shown ({reason(error)}), so nobody was added') from error
