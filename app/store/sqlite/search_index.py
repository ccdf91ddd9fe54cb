"""The SearchIndex protocol on SQLite's full-text search (FTS5), in memory: nothing of it ever is on a disk.

FTS5 keeps no text and no place within it, only which words each text has: 100,000 texts of 280 characters take some
57 MB. It can't take out the words of a text that it doesn't keep. So a text that was removed is taken out of the table
`documents`, by which all finds go, and its words stay in memory until the index is built anew.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from zlib import crc32

from app.domain.composed_text import folded
from app.domain.search_words import words_in
from app.domain.searching import NAMED, Key, SearchText
from app.store.search_index import IndexQuery, KeyPage, SearchIndexError, TookTooLong
from app.store.sqlite.search_statements import (
    ADD_DOCUMENTS,
    FORGET,
    FREE,
    KNOWN,
    NAME_MARK,
    NAMED_FROM,
    SCHEMA,
    TABLES,
    Tier,
    add_words,
    filter_marks,
    statement,
    table_of,
    tiers,
)

LONGEST_QUERY = 0.2
"""Seconds that a query may take."""

STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock, a millisecond or less."""

AT_ONCE = 2_000
"""Texts that are added in one transaction. Each leaves a segment of the index behind, which has to be merged later."""

_SLOTS = 256
"""Places for texts of the same second. Which one it is says nothing about the order in which they came."""

_SWEDISH_ORDER = str.maketrans('åäö', '{|}')
"""Replaces the last letters of the alphabet by the characters behind z."""

T = TypeVar('T')


class SqliteSearchIndex:
    """An index in memory, used by a thread of its own, so that the event loop never waits for it."""

    def __init__(self, longest_query: float = LONGEST_QUERY) -> None:
        self._longest_query = longest_query
        self._deadline = float('inf')
        self._named = 0
        self._forgotten = self._uncommitted = 0
        self._thread = ThreadPoolExecutor(1, 'search-index')
        self._database = sqlite3.connect(':memory:', isolation_level=None, check_same_thread=False)
        self._database.executescript(SCHEMA)
        self._database.set_progress_handler(self._is_too_late, STEPS)

    @property
    def forgotten(self) -> int:
        """See SearchIndex."""
        return self._forgotten

    async def put(self, texts: Sequence[SearchText]) -> None:
        """See SearchIndex."""
        await self._in_thread(lambda: self._change([text.key for text in texts], texts))

    async def remove(self, keys: Sequence[Key]) -> None:
        """See SearchIndex."""
        await self._in_thread(lambda: self._change(keys, ()))

    async def find(self, query: IndexQuery, before: str | None, limit: int) -> KeyPage:
        """See SearchIndex."""
        return await self._in_thread(lambda: self._find(query, before, limit))

    async def close(self) -> None:
        """See SearchIndex."""
        await self._in_thread(self._database.close)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.Error as error:
            kind = TookTooLong if getattr(error, 'sqlite_errorname', '') == 'SQLITE_INTERRUPT' else SearchIndexError
            raise kind(str(error)) from error

    def _change(self, keys: Sequence[Key], texts: Sequence[SearchText]) -> None:
        """Take texts out and add others, with a few statements for all of them.

        During a statement the event loop goes on. Between two, Python's lock may be elsewhere for milliseconds.
        """
        database = self._database
        if not database.in_transaction:
            database.execute('BEGIN')
        if keys:
            self._forgotten += database.execute(FORGET, (json.dumps(keys),)).rowcount
        placed = list(zip(self._free_places(texts), texts, strict=True))
        for table in TABLES:
            rows = [(place, ' '.join(_indexed(text))) for place, text in placed if table_of(text.key.kind) == table]
            if rows:
                database.execute(add_words(table), (json.dumps(rows, ensure_ascii=False),))
        if placed:
            database.execute(ADD_DOCUMENTS, (json.dumps([(place, *_fields(text)) for place, text in placed]),))
        self._uncommitted += len(texts)
        if self._uncommitted >= AT_ONCE:
            database.execute('COMMIT')
            self._uncommitted = 0

    def _free_places(self, texts: Sequence[SearchText]) -> list[int]:
        """Return for each text a place that none had before. The later a text, the higher its place."""
        wished = [self._wished_place(text) for text in texts]
        stored = {place for (place,) in self._database.execute(KNOWN, (json.dumps(wished),))}
        behind: dict[int, int] = {}  # each place that one of these texts has, and where to look on from there
        places: list[int] = []
        for place in wished:
            first = place
            while place in behind or place in stored:
                while place in behind:
                    place = behind[place]
                if place in stored or self._database.execute(KNOWN, (f'[{place}]',)).fetchone():
                    place = int(self._database.execute(FREE, (place,)).fetchone()[0])
            behind[first] = behind[place] = place + 1
            places.append(place)
        return places

    def _wished_place(self, text: SearchText) -> int:
        if text.key.kind in NAMED:
            self._named += 1
            return NAMED_FROM + self._named
        return max(0, _seconds(text)) * _SLOTS + crc32(text.key.id.encode()) % _SLOTS

    def _find(self, query: IndexQuery, before: str | None, limit: int) -> KeyPage:
        self._deadline = time.monotonic() + self._longest_query
        try:
            rows = self._rows(query, *_read_cursor(before), limit + 1)
        finally:
            self._deadline = float('inf')
        older = rows[limit - 1][0] if len(rows) > limit else None
        return KeyPage(tuple(key for _, key in rows[:limit]), older)

    def _rows(self, query: IndexQuery, tier: Tier, position: int, count: int) -> list[tuple[str, Key]]:
        """Return the first rows from a position on, each with the cursor that leads behind it."""
        rows: list[tuple[str, Key]] = []
        for next_tier in tiers(query.chosen, tier):
            start = position if next_tier is tier else next_tier.start
            text, values = statement(query, next_tier, start, count - len(rows))
            found = self._database.execute(text, values).fetchall()
            rows += [(next_tier.cursor(place, start, number), Key(*key)) for number, (place, *key) in enumerate(found)]
        return rows

    def _is_too_late(self) -> bool:
        return time.monotonic() > self._deadline


def _indexed(text: SearchText) -> Iterator[str]:
    yield from text.words
    yield from (NAME_MARK + word for word in words_in(text.name))
    yield from filter_marks(text.team_id, text.site_id)


def _fields(text: SearchText) -> tuple[str | int | None, ...]:
    name = folded(text.name).translate(_SWEDISH_ORDER) if text.key.kind in NAMED else None
    visible_from = int(text.visible_from.timestamp()) if text.visible_from else None
    at = _seconds(text) if text.at else None
    return (*text.key, name, at, text.team_id, text.site_id, text.audience, text.author_id, visible_from)


def _seconds(text: SearchText) -> int:
    return int(text.at.timestamp()) if text.at else 0


def _read_cursor(before: str | None) -> tuple[Tier, int]:
    """Read a cursor. One that is none of ours leads to the end."""
    if before is None:
        return Tier.NAMES, Tier.NAMES.start
    digits = before[1:]
    if before[:1] in set(Tier) and digits.isascii() and digits.isdecimal() and len(digits) < 19:
        return Tier(before[0]), int(digits)
    return Tier.OTHER_WORDS, NAMED_FROM
