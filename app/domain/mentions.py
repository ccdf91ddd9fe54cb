"""Mentions: names after an @, with which a text addresses colleagues and teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.composed_text import composed, folded
from app.domain.errors import Invalid
from app.domain.people import Person, Team

MOST_MENTIONED = 10
"""The most names that one text can mention. More would be a circular."""

ERASED_MENTION = '@…'
"""The text that replaces a mention of somebody who has left."""


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
        known.setdefault(folded(person.name), []).append(MentionNames(person.name, person_id=person.id))
    for team in teams:
        known.setdefault(folded(team.name), []).append(MentionNames(team.name, team_id=team.id))
    found = tuple(dict.fromkeys(_found(composed(text), known)))
    if len(found) > MOST_MENTIONED:
        raise Invalid('text', 'Mention at most {limit} at once.', limit=MOST_MENTIONED)
    return found


def erase_mentions(text: str, names: Collection[str]) -> str:
    """Return the text without mentions of these names."""
    known = composed(text)
    parts, end = [], 0
    for span in _spans(known, {folded(name): len(composed(name)) for name in names}):
        parts += [known[end : span.start], ERASED_MENTION]
        end = span.stop
    return ''.join(parts) + known[end:] if parts else text


def _found(text: str, known: Mapping[str, Sequence[MentionNames]]) -> Iterator[MentionNames]:
    for span in _spans(text, {name: len(composed(mentions[0].named)) for name, mentions in known.items()}):
        named = text[span.start + 1 : span.stop]
        yield from (mention._replace(named=named) for mention in known[folded(named)])


def _spans(text: str, lengths: Mapping[str, int]) -> Iterator[range]:
    """Yield the place of each mention, its @ included. `lengths` are those of the names, by folded name."""
    # By length and not by name: a text full of @ must not be compared with every name a thousand times.
    longest_first = sorted(set(lengths.values()), reverse=True)
    start = text.find('@')
    while start >= 0:
        end = next((start + 1 + length for length in longest_first if _is_name(text, start + 1, length, lengths)), None)
        # An e-mail address has a letter before its @.
        if end is not None and not _is_word(text[max(start - 1, 0) : start]):
            yield range(start, end)
        start = text.find('@', end or start + 1)


def _is_name(text: str, begin: int, length: int, known: Collection[str]) -> bool:
    end = begin + length
    return not text[end : end + 1].isalnum() and folded(text[begin:end]) in known


def _is_word(character: str) -> bool:
    return character.isalnum() or character == '_'
