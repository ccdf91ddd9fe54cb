"""Mentions: names after an @, with which a text addresses colleagues and teams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.domain.errors import Invalid
from app.domain.people import Person, Team

MOST_MENTIONED = 10
"""The most names that one text can mention. More would be a circular."""

ERASED_MENTION = '@…'
"""The text that replaces a mention of somebody who has left."""

_STARTS = re.compile(r'(?<!\w)@(?=\w)')
"""Matches where a mention may begin. An e-mail address has a letter before its @."""

_ENDS = re.compile(r'(?![^\W_])')
"""Matches where a name may end: before anything but a letter or digit."""


class MentionNames(NamedTuple):
    """A person or a whole team that a text mentions, and the name as the text spells it."""

    named: str
    person_id: str | None = None
    team_id: str | None = None


def find_mentions(text: str, people: Iterable[Person], teams: Iterable[Team]) -> tuple[MentionNames, ...]:
    """Return the people and teams that a text mentions, each once.

    The longest matching name wins, in capitals or not. People with the same name are all mentioned. Raise Invalid if
    there are more than MOST_MENTIONED.
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
    """Return the text without mentions of this name."""
    return re.sub(rf'(?<!\w)@{re.escape(named)}{_ENDS.pattern}', ERASED_MENTION, text, flags=re.IGNORECASE)


def _found(text: str, known: Mapping[str, list[MentionNames]]) -> Iterator[MentionNames]:
    # By length and not by name: a text full of @ must not be compared with every name a thousand times.
    lengths = sorted({len(name) for mentions in known.values() for name, *_ in mentions}, reverse=True)
    for start in _STARTS.finditer(text):
        begin = start.end()
        for length in lengths:
            name = text[begin : begin + length]
            if name.casefold() in known and _ENDS.match(text, begin + length):
                yield from (mention._replace(named=name) for mention in known[name.casefold()])
                break
