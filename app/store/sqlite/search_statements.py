"""The tables and statements of the index of words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum

from app.domain.entry_visibility import A_MINUTE
from app.domain.searching import NAMED, SearchFilter, SearchKind
from app.store.search_index import IndexQuery

NAMED_FROM = 1 << 62
"""The first place of what has a name. What happened has a place by its time, far below."""

NAME_MARK = '§'
"""Stands before each word of a name. No word that somebody looks for can begin with it."""

FILTER_MARK = '¤'
"""Begins the words that stand for a team or a place."""

_WORDS = "words, content='', columnsize=0, detail=none, prefix='1 2', tokenize='ascii'"

SCHEMA = f"""
CREATE VIRTUAL TABLE named USING fts5({_WORDS});
CREATE VIRTUAL TABLE happened USING fts5({_WORDS});
CREATE TABLE documents (
    place INTEGER PRIMARY KEY, kind TEXT, id TEXT, name TEXT, at INTEGER, team TEXT, site TEXT, audience TEXT,
    author TEXT, visible_from INTEGER, UNIQUE (kind, id)
);
"""
"""The texts come folded and with a space between their words, so the tokenizer need know no letters but ASCII's."""

TABLES = 'named', 'happened'

_FIELDS = ', '.join(f"json_extract(value, '$[{number}]')" for number in range(10))

ADD_DOCUMENTS = f'INSERT INTO documents SELECT {_FIELDS} FROM json_each(?)'


def table_of(kind: SearchKind) -> str:
    """Return the table with the words of texts of this kind."""
    return 'named' if kind in NAMED else 'happened'


def add_words(table: str) -> str:
    """Return the statement that adds the words of texts, from JSON with the place and the words of each."""
    return f"""
    INSERT INTO {table} (rowid, words)
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)
    """


FORGET = """
UPDATE documents SET kind = NULL, id = NULL, name = NULL, at = NULL, team = NULL, site = NULL, audience = NULL,
    author = NULL, visible_from = NULL
WHERE place IN (
    SELECT place FROM json_each(?) JOIN documents
    ON documents.kind = json_extract(value, '$[0]') AND documents.id = json_extract(value, '$[1]')
)
"""
"""The row stays, so that its place is never given to another text: its words are still there."""

KNOWN = 'SELECT place FROM documents WHERE place IN (SELECT value FROM json_each(?))'

FREE = """
SELECT one.place + 1 FROM documents AS one LEFT JOIN documents AS other ON other.place = one.place + 1
WHERE one.place >= ? AND other.place IS NULL ORDER BY one.place LIMIT 1
"""


class Tier(StrEnum):
    """The parts of what is found, in order. Each value is the first character of a cursor into that part."""

    NAMES = 'n'
    HAPPENED = 'h'
    OTHER_WORDS = 'o'

    @property
    def start(self) -> int:
        """The position of its beginning: a place for what happened, and else a number of rows."""
        return NAMED_FROM if self is Tier.HAPPENED else 0

    def cursor(self, place: int, start: int, number: int) -> str:
        """Return the cursor that leads behind a row, the one with this number of those from `start` on."""
        return f'{self.value}{place if self is Tier.HAPPENED else start + number + 1}'


def tiers(chosen: SearchFilter, first: Tier) -> list[Tier]:
    """Return the parts in which something can be found with this filter, from the first one on."""
    has_named = chosen.period == (None, None) and chosen.kind in (None, *NAMED)
    has_happened = chosen.kind not in NAMED
    known = list(Tier)[list(Tier).index(first) :]
    return [tier for tier in known if (has_happened if tier is Tier.HAPPENED else has_named)]


_ORDER = ' '.join(f"WHEN '{kind}' THEN {number}" for number, kind in enumerate(NAMED))

_BY_TIME = 'AND happened.rowid < :position ORDER BY happened.rowid DESC LIMIT :count'

_BY_NAME = f'ORDER BY CASE kind {_ORDER} END, name, id LIMIT :count OFFSET :position'

_READABLE = """
AND (:all OR audience IS NULL OR audience IN ('staff', 'public') OR author = :person
     OR audience = 'team' AND team = :team
     OR audience = 'organisation' AND team IN (SELECT value FROM json_each(:teams)))
AND (visible_from IS NULL OR visible_from <= :now OR visible_from > :now + :minute)
"""
"""As in app/domain/entry_visibility.py, where it is decided again for each document that is returned."""


def statement(query: IndexQuery, tier: Tier, position: int, count: int) -> tuple[str, dict[str, str | int | None]]:
    """Return the statement that finds a part of the places and keys, and its values."""
    access, chosen = query.access, query.chosen
    begin, end = chosen.period
    values: dict[str, str | int | None] = {
        'match': _match(query, tier), 'position': position, 'count': count, 'all': access.all,
        'person': access.person_id, 'team': access.team_id, 'teams': json.dumps(list(access.teams)),
        'now': int(query.now.timestamp()), 'minute': int(A_MINUTE.total_seconds()),
        'chosen_kind': chosen.kind, 'chosen_team': chosen.team, 'chosen_site': chosen.site,
        'begin': int(begin.timestamp()) if begin else None, 'end': int(end.timestamp()) if end else None,
    }  # fmt: skip
    filters = {
        'AND kind = :chosen_kind': chosen.kind, 'AND documents.team = :chosen_team': chosen.team,
        'AND site = :chosen_site': chosen.site, 'AND at >= :begin': begin, 'AND at < :end': end,
    }  # fmt: skip
    table, order = ('happened', _BY_TIME) if tier is Tier.HAPPENED else ('named', _BY_NAME)
    text = f"""
    SELECT place, kind, id FROM {table} CROSS JOIN documents ON place = {table}.rowid
    WHERE {table} MATCH :match AND id IS NOT NULL {_READABLE} {' '.join(sql for sql, value in filters.items() if value)}
    {order}
    """
    return text, values


def _match(query: IndexQuery, tier: Tier) -> str:
    words = ' OR '.join(f'({_all(alternative)})' for alternative in query.alternatives)
    names = ' OR '.join(_beginning(NAME_MARK + word) for alternative in query.alternatives for word in alternative)
    marks = ''.join(f' AND {_quoted(mark)}' for mark in filter_marks(query.chosen.team, query.chosen.site))
    if tier is Tier.HAPPENED:
        return f'({words}){marks}'
    return f'(({words}) {"AND" if tier is Tier.NAMES else "NOT"} ({names})){marks}'


def filter_marks(team_id: str | None, site_id: str | None) -> Iterator[str]:
    """Yield the words that stand for a team and a place. With them, few texts are left to be looked at one by one."""
    for name, id in (('t', team_id), ('s', site_id)):
        if id:
            yield FILTER_MARK + name + id.encode().hex()


def _all(words: tuple[str, ...]) -> str:
    return ' AND '.join(map(_beginning, words))


def _beginning(word: str) -> str:
    return f'{_quoted(word)} *'


def _quoted(word: str) -> str:
    """Return a word for FTS5. Between quotes, nothing has a meaning of its own."""
    return '"{}"'.format(word.replace('"', '""'))
