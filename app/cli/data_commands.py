"""The commands for the data folder: check, repair, backup, restore, export, import."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from app.settings import Settings


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add the commands. Each sets `run`, which takes Settings and the parsed arguments and returns the exit status."""
    commands.add_parser(
        'check', parents=[shared], help='report whether everything kept is whole; Haren may be running'
    ).set_defaults(run=check)
    commands.add_parser(
        'repair', parents=[shared], help='save everything that is whole where something is damaged; stop Haren first'
    ).set_defaults(run=repair)
    commands.add_parser(
        'audit', parents=[shared], help='print the audit log as JSON lines, the oldest first; Haren may be running'
    ).set_defaults(run=audit)
    for name, run, what in (
        ('backup', backup, 'write all that is kept into a file; Haren may be running'),
        ('export', export, 'write all documents into a db.json that stock TinyDB opens; Haren may be running'),
        (
            'import',
            import_,
            'put a stock TinyDB’s db.json into an empty data folder; stop Haren first',
        ),
    ):
        command = commands.add_parser(name, parents=[shared], help=what)
        command.add_argument('file', type=Path)
        command.set_defaults(run=run)
    restoring = commands.add_parser(
        'restore', parents=[shared], help='put a backup into an empty data folder; stop Haren first'
    )
    restoring.add_argument('file', type=Path)
    restoring.add_argument(
        '--replace', action='store_true', help='also where the folder holds data, which is lost then'
    )
    restoring.set_defaults(run=restore)


def check(settings: Settings, _: argparse.Namespace) -> int:
    """Report what is damaged or missing. Return 1 if something is, or if everything may be."""
    from app.store.tools import repair as work

    report = work.check(settings.data)
    _print(report.lines())
    return 0 if report.is_sound and not report.may_have_lost_all else 1


def audit(settings: Settings, _: argparse.Namespace) -> int:
    """Print the audit log."""
    from app.domain.audit import AuditRecord
    from app.store.tools.json_import_export import json_lines

    for line in json_lines(settings.data, AuditRecord):
        print(line)
    return 0


def repair(settings: Settings, _: argparse.Namespace) -> int:
    """Save what is whole."""
    from app.store.tools import repair as work

    _print(work.repair(settings.data).lines())
    return 0


def backup(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a backup that has been opened and compared. Return 1 if a photo is missing."""
    from app.store.tools import backup as work

    copied = work.backup(settings.data, chosen.file)
    _print(copied.lines())
    return 1 if copied.missing else 0


def restore(settings: Settings, chosen: argparse.Namespace) -> int:
    """Restore a backup."""
    from app.store.tools import backup as work

    _print(work.restore(chosen.file, settings.data, replace=chosen.replace).lines())
    return 0


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a stock TinyDB's file."""
    from app.store.tools.json_import_export import export_json

    _print([f'{export_json(settings.data, chosen.file)} documents are in {chosen.file}.'])
    return 0


def import_(settings: Settings, chosen: argparse.Namespace) -> int:
    """Read a stock TinyDB's file."""
    from app.store.tinydb.journal_storage import JournalStorage
    from app.store.tools.json_import_export import import_json

    storage = JournalStorage(settings.data)
    try:
        _print([f'{import_json(storage, chosen.file)} documents were read from {chosen.file}.'])
    finally:
        storage.close()
    return 0


def _print(lines: Iterable[str]) -> None:
    print('\n'.join(lines))
