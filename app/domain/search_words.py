"""The words that texts are searched by, those of a query, and the places of one in the other.

A word is a run of letters, digits and the marks on them. Words are compared composed and in small letters; å, ä and ö
are letters of their own, so that "far" finds no "får".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import category

from app.domain import case_numbers, sticker_codes
from app.domain.bounded_pattern import BoundedPattern
from app.domain.characters import digit_of
from app.domain.composed_text import folded
from app.domain.errors import Invalid

LONGEST_QUERY = 200
"""Characters of a query at most."""

MOST_WORDS = 12
"""Words of a query at most."""

LONGEST_SEARCHED = 20_000
"""Characters of one text that are searched. All texts of people are shorter."""

_WORD = BoundedPattern(r'[^\W_]+', LONGEST_SEARCHED)

_FIRST_MARK = '\u0300'
"""Letters before this one have no marks once they are composed."""

_UNREAD = dict.fromkeys((*range(0x064B, 0x0653), 0x0670, 0x0640))
"""Vowel signs of Arabic, which few people write, and the stroke that makes a word longer."""

LONGEST_NAME = 60
"""Characters of a text whose words are remembered."""

EXCERPT = 160
"""Characters of an excerpt, about."""

_BEFORE = 50
"""Characters of an excerpt before the first word that was found."""


class Piece(NamedTuple):
    """A part of a text: one that a query has found, or what is between two of them."""

    text: str
    is_match: bool = False


Pieces = tuple[Piece, ...]


class Span(NamedTuple):
    """A word, and its place in a text."""

    word: str
    start: int
    end: int


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text, each once, as they are compared."""
    return _words_of_name(text) if len(text) <= LONGEST_NAME else _words_in(text)


@lru_cache(maxsize=4_096)
def _words_of_name(text: str) -> frozenset[str]:
    """Return the words of a short text, such as a name, which stands in many documents."""
    return _words_in(text)


def _words_in(text: str) -> frozenset[str]:
    plain = folded(text[:LONGEST_SEARCHED])
    if not plain or max(plain) < _FIRST_MARK:
        return frozenset(_WORD.findall(plain[:LONGEST_SEARCHED]))
    return frozenset(filter(None, (_compared(span.word) for span in _runs(plain))))


def spans_in(text: str) -> Iterator[Span]:
    """Yield each word of a text as it is compared, with its place in the text."""
    searched = text[:LONGEST_SEARCHED]
    for span in _spelled(searched):
        yield span._replace(word=_compared(folded(span.word)))


@dataclass(frozen=True)
class SearchQuery:
    """The words that somebody looks for. What is found has all words of one of the `alternatives`, or their beginnings.

    `case_number` is the number of a case if the query is one.
    """

    alternatives: tuple[tuple[str, ...], ...] = ()
    case_number: str | None = None

    @classmethod
    def read(cls, typed: str) -> SearchQuery:
        """Read what somebody typed. Raise Invalid if it is too long."""
        if len(typed) > LONGEST_QUERY:
            raise Invalid('q', 'Search with at most {limit} characters.', limit=LONGEST_QUERY)
        words = tuple(dict.fromkeys(filter(None, (span.word for span in spans_in(typed)))))
        if len(words) > MOST_WORDS:
            raise Invalid('q', 'Search with at most {limit} words.', limit=MOST_WORDS)
        code = sticker_codes.read(typed)
        codes = () if isinstance(code, sticker_codes.CodeError) else (code.lower(),)
        alternatives = dict.fromkeys(filter(None, (words, codes)))
        return cls(tuple(alternatives), case_numbers.read(typed) if words else None)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of all alternatives."""
        return tuple(dict.fromkeys(word for words in self.alternatives for word in words))

    def found_in(self, text: str) -> frozenset[str]:
        """Return those of the words that this text has."""
        known, wanted = words_in(text), self.words
        return frozenset(word for word in wanted if any(each.startswith(word) for each in known))

    def is_met_by(self, found: Collection[str]) -> bool:
        """Return True if these are all words of an alternative."""
        return any(all(word in found for word in words) for words in self.alternatives)

    def mark(self, text: str) -> Pieces:
        """Return the text in pieces, with each word that is found as one of them."""
        return tuple(_pieces(text, [span for span in spans_in(text) if self._finds(span.word)]))

    def excerpt(self, text: str) -> Pieces:
        """Return a part of a text around the first word that is found, on one line and in pieces."""
        line = ' '.join(text.split())
        first = next((span.start for span in spans_in(line) if self._finds(span.word)), 0)
        start = _start_of_word(line, first - _BEFORE) if first > _BEFORE else 0
        end = _end_of_word(line, start + EXCERPT)
        return self.mark(('… ' if start else '') + line[start:end] + (' …' if end < len(line) else ''))

    def _finds(self, word: str) -> bool:
        return any(word.startswith(wanted) for wanted in self.words)


def _pieces(text: str, found: Iterable[Span]) -> Iterator[Piece]:
    end = 0
    for span in found:
        if span.start > end:
            yield Piece(text[end : span.start])
        yield Piece(text[span.start : span.end], True)
        end = span.end
    if end < len(text):
        yield Piece(text[end:])


def _spelled(text: str) -> Iterator[Span]:
    """Yield each word as the text spells it."""
    if not text or max(text) < _FIRST_MARK:
        yield from (Span(found[0], found.start(), found.end()) for found in _WORD.finditer(text))
    else:
        yield from _runs(text)


def _runs(text: str) -> Iterator[Span]:
    place = 0
    for is_word, run in groupby(text, _is_of_word):
        word = ''.join(run)
        if is_word:
            yield Span(word, place, place + len(word))
        place += len(word)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or category(character)[0] == 'M'


def _compared(word: str) -> str:
    if word.isascii():
        return word
    read = word.translate(_UNREAD)
    return ''.join(digit_of(character) or character for character in read) if max(read, default='') > '\xff' else read


def _start_of_word(line: str, place: int) -> int:
    """Return the start of the first word behind a place, or the place itself if the next space is far."""
    space = line.find(' ', place, place + _BEFORE)
    return place if space < 0 else space + 1


def _end_of_word(line: str, place: int) -> int:
    if place >= len(line):
        return len(line)
    space = line.rfind(' ', place - _BEFORE, place)
    return place if space < 0 else space
