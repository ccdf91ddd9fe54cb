"""Check a data folder for damage, and repair it by saving what is whole."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from app.store.engine.change_format import closed_with
from app.store.engine.data_folder import lock_folder, make_folder, numbered
from app.store.engine.disk import DISK, Disk
from app.store.engine.journal import Journal
from app.store.engine.loader import apply_record
from app.store.engine.memory_tables import MemoryTables
from app.store.engine.photo_files import PhotoFiles
from app.store.engine.snapshots import write_snapshot
from app.store.protocol import ReadOnly, Unreadable
from app.store.tools.damage_survey import Loss, SurveyResult, survey

_EMPTIED = (
    'A crash may have come before anything was saved in it. '
    'If there was something, it is lost, and a backup has to be restored.'
)


class CheckResult(NamedTuple):
    """The findings of `check`.

    `torn` is the number of bytes at the end that a crash cut short; the next start removes them. `missing` are photos
    that documents name and that aren't there, `damaged` those whose content has changed. `emptied` is a journal in
    which not even the first line is there, or None.
    """

    folder: Path
    documents: Mapping[str, int]
    losses: tuple[Loss, ...]
    torn: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    emptied: Path | None = None

    @property
    def may_have_lost_all(self) -> bool:
        """Return True if there is nothing but an empty journal. No trace would be left of what was in it."""
        return self.emptied is not None and not self.documents

    @property
    def is_sound(self) -> bool:
        """Return True if everything that was ever saved is there."""
        return not (self.losses or self.missing or self.damaged)

    def lines(self) -> list[str]:
        """Return the findings in words."""
        counted = ', '.join(f'{count} {table}' for table, count in sorted(self.documents.items())) or 'nothing'
        return [
            f'{self.folder} holds {counted}.',
            *(f'Damaged: {loss}' for loss in self.losses),
            *(f'Missing: photo {name}' for name in self.missing),
            *(f'Damaged: photo {name}' for name in self.damaged),
            *([f'The last {self.torn} bytes are an unfinished write; the next start removes them.'] * bool(self.torn)),
            *([f'{self.emptied} is empty. {_EMPTIED}'] if self.emptied else []),
            self._verdict(),
        ]

    def _verdict(self) -> str:
        if not self.is_sound:
            return 'Restore a backup, or save what is whole: python -m app repair'
        return 'Nothing else is damaged.' if self.emptied else 'All is well.'


class RepairResult(NamedTuple):
    """The outcome of `repair`. `aside` is the folder with the damaged files, or None if nothing was damaged."""

    documents: int
    losses: tuple[Loss, ...]
    aside: Path | None

    def lines(self) -> list[str]:
        """Return the outcome in words."""
        if self.aside is None:
            return [f'Nothing is damaged: all {self.documents} documents are whole, and nothing was changed.']
        return [
            f'{self.documents} documents are whole and saved. What a lost part changed is as it was before.',
            *(f'Lost: {loss}' for loss in self.losses),
            f'The damaged files are in {self.aside}: remove them when they are not needed any more.',
        ]


def check(folder: Path) -> CheckResult:
    """Examine a data folder, which may be in use, and change nothing. Raise Unreadable if there is no data."""
    _require_store(folder)
    found = survey(folder)
    photos = PhotoFiles(folder / 'photos', DISK)
    tables = _tables(found, photos)
    return CheckResult(
        folder,
        Counter({name: len(tables.rows(name)) for name in tables.names()}),
        _losses(found),
        sum(file.torn for file in found),
        tuple(sorted(photos.missing())),
        tuple(sorted(photos.damaged())),
        next((file.path for file in found if file.is_emptied), None),
    )


def repair(folder: Path, disk: Disk = DISK) -> RepairResult:
    """Save every whole record into a new snapshot and put the damaged files aside. Raise InUse if Haren is running."""
    _require_store(folder)
    lock = lock_folder(folder)
    try:
        found = survey(folder)
        tables = _tables(found)
        losses = _losses(found)
        return RepairResult(tables.count(), losses, _replace(folder, tables, disk) if losses else None)
    except OSError as error:
        raise ReadOnly(f'{folder} can not be written: {error}; repair it again') from error
    finally:
        os.close(lock)


def last_number(folder: Path) -> int:
    """Return the highest number of a file in the folder, or 0 if there is none."""
    return max([*numbered(folder, 'journal'), *numbered(folder, 'snapshot')], default=0)


def replace_all(folder: Path, tables: MemoryTables, disk: Disk) -> None:
    """Make the folder hold just these tables.

    The new snapshot makes older files void as soon as it exists; they are removed after that.
    """
    number = last_number(folder) + 1
    old = [*numbered(folder, 'journal').values(), *numbered(folder, 'snapshot').values()]
    Journal.begin(folder, number, disk).close()
    write_snapshot(folder, number, tables.frozen(), disk)
    for path in old:
        disk.remove(path)
    disk.sync_folder(folder)


def _replace(folder: Path, tables: MemoryTables, disk: Disk) -> Path:
    aside = folder / f'damaged-{last_number(folder):08}'
    make_folder(aside, disk)
    for kind in ('journal', 'snapshot'):
        for path in numbered(folder, kind).values():
            (aside / path.name).unlink(missing_ok=True)
            (aside / path.name).hardlink_to(path)
    disk.sync_folder(aside)
    replace_all(folder, tables, disk)
    return aside


def _tables(found: Iterable[SurveyResult], photos: PhotoFiles | None = None) -> MemoryTables:
    tables = MemoryTables(photos.note) if photos else MemoryTables()
    for file in found:
        for record in file.records:
            if closed_with(record.payload) is None:
                apply_record(record, file.path, tables)
    return tables


def _losses(found: Iterable[SurveyResult]) -> tuple[Loss, ...]:
    return tuple(loss for file in found for loss in file.losses)


def _require_store(folder: Path) -> None:
    """Raise Unreadable if the folder holds nothing of ours."""
    if not (folder.is_dir() and last_number(folder)):
        raise Unreadable(f'{folder} holds no data of Haren’s')
