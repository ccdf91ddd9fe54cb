"""Names after an @, by which somebody calls colleagues and teams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.domain.errors import Invalid
from app.domain.people import Person, Team

MOST_MENTIONED = 10
"""Names that one text can call: more is a circular, and no mention."""

FORGOTTEN = '@…'
"""What stands where somebody was called who has left."""

_CALLS = re.compile(r'(?<!\w)@(?=\w)')
"""Where a call may begin: an address of mail has a letter before its @."""


_ENDS = re.compile(r'(?![^\W_])')
"""Where a name may end: before anything but a letter or digit."""


class MentionNames(NamedTuple):
    """Who is called by a text, as it names them: a person or a whole team."""

    named: str
    person_id: str | None = None
    team_id: str | None = None


def find_mentions(text: str, people: Iterable[Person], teams: Iterable[Team]) -> tuple[MentionNames, ...]:
    """Whom a text calls, each once: the longest name that fits, in capitals or not. Namesakes are all called.

    Invalid where these are more than MOST_MENTIONED.
    """
    known: dict[str, list[MentionNames]] = {}
    for person in people:
        known.setdefault(person.name.casefold(), []).append(MentionNames(person.name, person_id=person.id))
    for team in teams:
        known.setdefault(team.name.casefold(), []).append(MentionNames(team.name, team_id=team.id))
    found = tuple(dict.fromkeys(_found(text, known)))
    if len(found) > MOST_MENTIONED:
        raise Invalid('text', 'Mention at most {limit} at once.', limit=MOST_MENTIONED)
    return found


def erase_mentions(text: str, named: str) -> str:
    """The text without its calls of this name."""
    return re.sub(rf'(?<!\w)@{re.escape(named)}{_ENDS.pattern}', FORGOTTEN, text, flags=re.IGNORECASE)


def _found(text: str, known: Mapping[str, list[MentionNames]]) -> Iterator[MentionNames]:
    # By length and not by name: a text of nothing but @ must not be compared with everybody a thousand times.
    lengths = sorted({len(name) for find_mentions in known.values() for name, *_ in find_mentions}, reverse=True)
    for call in _CALLS.finditer(text):
        begin = call.end()
        for length in lengths:
            name = text[begin : begin + length]
            if name.casefold() in known and _ENDS.match(text, begin + length):
                yield from (who._replace(named=name) for who in known[name.casefold()])
                break
