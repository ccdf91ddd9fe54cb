"""Find out which parts of a data folder are whole and which aren't."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from app.domain.bounded_pattern import BoundedPattern
from app.store.engine.change_format import closed_with
from app.store.engine.data_folder import is_unfinished, records_start
from app.store.engine.loader import MISSING, NOT_AS_WRITTEN, TOO_SHORT, StoreFile, open_files
from app.store.engine.record_format import Record, is_torn, later_records, whole_records
from app.store.protocol import Damaged

_MENTION = BoundedPattern(rb'[+-]"((?:[^"\\]|\\.)*)"\t"((?:[^"\\]|\\.)*)"', longest=2**16)

_OVERLAP = 2**10
"""Bytes that two pieces share, so that no name is cut in both: names of tables and ids are short."""


class Loss(NamedTuple):
    """A damaged part of a file. `mentions` are the documents whose names can still be read in it."""

    path: Path
    offset: int
    end: int
    what: str
    mentions: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = f'; it concerns {", ".join(self.mentions)}' if self.mentions else ''
        return f'{self.path}, bytes {self.offset} to {self.end}: {self.what}{named}'


class SurveyResult(NamedTuple):
    """A file: its whole records, its damaged parts, and the bytes of an unfinished write at its end.

    `is_emptied` is True for a journal without a first line.
    """

    path: Path
    size: int
    records: tuple[Record, ...]
    losses: tuple[Loss, ...]
    torn: int
    is_emptied: bool = False


def survey(folder: Path) -> list[SurveyResult]:
    """Examine every file that counts, in order.

    Nothing is changed, and the folder may be in use. Raise Unreadable for a newer format.
    """
    with ExitStack() as stack:
        files = open_files(folder, stack)
        found = [_survey_file(file, is_last=file is files[-1]) for file in files]
        return [*found, *_missing(folder, files)]


def _survey_file(file: StoreFile, *, is_last: bool) -> SurveyResult:
    content = file.file.read()
    if is_last and file.kind == 'journal' and is_unfinished(content, file.kind, file.number):
        return SurveyResult(file.path, len(content), (), (), len(content), is_emptied=True)
    losses: list[Loss] = []
    records, torn = _walk(file.path, content, _start(file, content, losses), losses, may_be_torn=is_last)
    if file.kind == 'snapshot' and not (records and closed_with(records[-1].payload) is not None) and not losses:
        losses.append(Loss(file.path, len(content), len(content), TOO_SHORT))
    return SurveyResult(file.path, len(content), tuple(records), tuple(losses), torn)


def _start(file: StoreFile, content: bytes, losses: list[Loss]) -> int:
    try:
        return records_start(content, file.path, file.kind, file.number)
    except Damaged as damage:
        start = next((later.offset for later in later_records(content, 0)), len(content))
        losses.append(_loss(file.path, content, 0, start, damage.what))
        return start


def _walk(
    path: Path, content: bytes, offset: int, losses: list[Loss], *, may_be_torn: bool
) -> tuple[list[Record], int]:
    records: list[Record] = []
    while True:
        records.extend(whole_records(content, offset))
        end = records[-1].end if records and records[-1].end > offset else offset
        if end == len(content):
            return records, 0
        if may_be_torn and is_torn(content, end):
            return records, len(content) - end
        offset = next((later.offset for later in later_records(content, end)), len(content))
        losses.append(_loss(path, content, end, offset, NOT_AS_WRITTEN))


def _loss(path: Path, content: bytes, offset: int, end: int, what: str) -> Loss:
    mentions = {
        f'{table.decode(errors="replace")}/{id.decode(errors="replace")}'
        for piece in _pieces(content[offset:end])
        for table, id in (found.groups() for found in _MENTION.finditer(piece))
    }
    return Loss(path, offset, end, what, tuple(sorted(mentions)))


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _MENTION.longest - _OVERLAP):
        yield content[start : start + _MENTION.longest]


def _missing(folder: Path, files: list[StoreFile]) -> list[SurveyResult]:
    snapshots = [file.number for file in files if file.kind == 'snapshot']
    journals = {file.number for file in files if file.kind == 'journal'}
    first = snapshots[0] if snapshots else 1
    expected = range(first, max([*journals, *snapshots], default=0) + 1)
    paths = [folder / f'journal-{number:08}' for number in expected if number not in journals]
    return [SurveyResult(path, 0, (), (Loss(path, 0, 0, MISSING),), 0) for path in paths]
