"""Sort names as people expect it: by their language's alphabet, with numbers by their value.

The order is that of the Unicode collation (CLDR) for the letters that names in Sweden are made of, as browsers have it.
Letters of other scripts follow by their code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from unicodedata import combining, decimal, normalize

SWEDISH = 'sv'

SortKey = tuple[object, ...]

_LATIN = 'abcdefghijklmnopqrstuvwxyzþ'
_NORDIC = f'{_LATIN}åäö'
_CYRILLIC = 'абвгдђеёєжзиіїйјклмнопрстуўфхцчшщъыьэюя'
_ARABIC = 'ءأؤإئاآبپةتثجچحخدذرزژسشصضطظعغفقكکگلمنهویىي'

_ALPHABETS: Mapping[str, str] = {
    'sv': _NORDIC + _CYRILLIC + _ARABIC,
    'fi': _NORDIC + _CYRILLIC + _ARABIC,
    'uk': _CYRILLIC.replace('г', 'гґ') + _LATIN + _ARABIC,
    'ar': _ARABIC + _LATIN + _CYRILLIC,
}
_USUAL = _LATIN + _CYRILLIC + _ARABIC

_SAME_LETTER: Mapping[str, Mapping[str, str]] = {
    'sv': {'æ': 'ä', 'ę': 'ä', 'ø': 'ö', 'ő': 'ö', 'œ': 'ö', 'ô': 'ö', 'ü': 'y', 'ű': 'y', 'þ': 'th'},
    'fi': {'æ': 'ä', 'ø': 'ö', 'ü': 'y'},
}
"""Letters that a language sorts as one of its own, or as two."""

_WITHOUT_MARKS: Mapping[str, str] = {
    'æ': 'ae',
    'œ': 'oe',
    'ø': 'o',
    'đ': 'd',
    'ð': 'd',
    'ł': 'l',
    'ħ': 'h',
    'ı': 'i',
    'ґ': 'г',
}
"""Letters whose marks Unicode does not take off."""

_SPACE, _SIGN, _NUMBER, _LETTER, _OTHER_LETTER = range(5)


@lru_cache(maxsize=8_192)
def sort_key(name: str, language: str = SWEDISH) -> SortKey:
    """Return the key by which a name sorts in a language.

    Composed and decomposed letters, small and capital ones are the same at first. They decide between names that are
    otherwise equal.
    """
    composed = normalize('NFC', name)
    folded = normalize('NFC', composed.casefold())
    return tuple(_elements(folded, language)), folded, composed.swapcase()


def _elements(folded: str, language: str) -> Iterator[tuple[int, int, str]]:
    for is_number, part in groupby(folded, str.isdecimal):
        if is_number:
            yield _number(part)
        else:
            for character in part:
                yield from _letters(character, language)


def _number(digits: Iterable[str]) -> tuple[int, int, str]:
    """Return a number so that it sorts by its value, however many digits it has."""
    plain = ''.join(str(decimal(digit)) for digit in digits).lstrip('0')
    return _NUMBER, len(plain), plain


@lru_cache(maxsize=4_096)
def _letters(character: str, language: str) -> tuple[tuple[int, int, str], ...]:
    alphabet = _ALPHABETS.get(language, _USUAL)
    known = _SAME_LETTER.get(language, {}).get(character, character)
    if not all(letter in alphabet for letter in known):
        bare = ''.join(letter for letter in normalize('NFKD', known) if not combining(letter))
        known = _WITHOUT_MARKS.get(character, bare)
    return tuple(_element(letter, alphabet) for letter in known)


def _element(letter: str, alphabet: str) -> tuple[int, int, str]:
    if letter in alphabet:
        return _LETTER, alphabet.index(letter), ''
    if letter.isspace():
        return _SPACE, 0, ''
    return (_OTHER_LETTER if letter.isalpha() else _SIGN), ord(letter), ''
