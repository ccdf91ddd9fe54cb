"""The command line: serve (the default), demo, invite, and the commands for the data folder."""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.cli import data_commands, invite
from app.cli.logging_setup import configure_logging
from app.cli.terminal import CommandFailed, drop_output, flush_output, print_in_any_locale, reason
from app.domain.errors import Refusal
from app.settings import Settings, WrongSettings, read_settings
from app.store.protocol import StoreError

INTERRUPTED = 130
"""The exit status that a shell expects of what was stopped by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    print_in_any_locale()
    chosen = _parser().parse_args(arguments)
    configure_logging()
    try:
        settings = read_settings()
        status = int(chosen.run(settings.model_copy(update={'data': getattr(chosen, 'data', settings.data)}), chosen))
        flush_output()
        return status
    except (CommandFailed, WrongSettings, StoreError, Refusal, OSError) as error:
        drop_output()
        print(f'That did not work: {reason(error)}', file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def serve(settings: Settings, _: argparse.Namespace) -> int:
    """Serve until interrupted."""
    with _listen(settings) as listening:
        return _serve(settings, listening)


def _serve(settings: Settings, listening: socket.socket) -> int:
    import uvicorn

    from app.bootstrap import create_services
    from app.build import build
    from app.cli.gc_tuning import tune_gc
    from app.cli.invitation_socket import answering_invitations
    from app.cli.startup_message import startup_message
    from app.web.http.connections import ConnectionLimits
    from app.web.http.server_protocol import server_config

    services = create_services(settings)
    print(asyncio.run(startup_message(services, settings)), flush=True)
    proxies = os.environ.get('FORWARDED_ALLOW_IPS', '127.0.0.1')
    limits = ConnectionLimits(proxies=proxies)
    application = build(settings, services, lambda: answering_invitations(settings, services))
    server = uvicorn.Server(server_config(application, limits, forwarded_allow_ips=proxies))
    tune_gc()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return 0 if server.started else 1


def _listen(settings: Settings) -> socket.socket:
    """Bind the port first, so that no link is printed for a port that is in use."""
    family = socket.AF_INET6 if ':' in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise WrongSettings(f'HOST={settings.host} PORT={settings.port}: {error.strerror or error}') from error


def demo(settings: Settings, chosen: argparse.Namespace) -> int:
    """Fill an empty data folder with the demo municipality."""
    from app.bootstrap import create_services
    from app.services.demo_data import fill

    if not _is_empty(settings.data):
        if chosen.if_empty:
            return 0
        print(f'{settings.data} holds data already, so nothing was changed.', file=sys.stderr)
        return 1

    async def run(folder: Path) -> None:
        services = create_services(settings.model_copy(update={'data': folder}))
        try:
            await fill(services)
        finally:
            await services.close()

    # Fill a folder beside it and move it when it is complete: somebody may press Ctrl-C in between.
    settings.data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data.parent, prefix=f'.{settings.data.name}.') as beside:
        asyncio.run(run(Path(beside) / 'store'))
        (Path(beside) / 'store').replace(settings.data)
    return 0


def _is_empty(folder: Path) -> bool:
    return not folder.exists() or not any(folder.iterdir())


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    # With a default here, a command would overwrite a --data that stands before it.
    explanation = 'the folder for what is kept (default: HAREN_DATA, or data/store)'
    shared.add_argument('--data', type=Path, default=argparse.SUPPRESS, help=explanation)
    parser = argparse.ArgumentParser(prog='python -m app', description='Haren, the city’s ears.', parents=[shared])
    parser.set_defaults(run=serve)
    commands = parser.add_subparsers(title='commands')
    commands.add_parser('serve', parents=[shared], help='serve (the default)').set_defaults(run=serve)
    _add_demo(
        commands.add_parser('demo', parents=[shared], help='fill an empty data folder with the demo municipality')
    )
    invite.add_command(commands, shared)
    data_commands.add_commands(commands, shared)
    return parser


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--if-empty', action='store_true', help='do nothing, quietly, where there is data already')
    parser.set_defaults(run=demo)


if __name__ == '__main__':
    sys.exit(main())
