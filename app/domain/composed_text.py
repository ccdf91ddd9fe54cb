"""Texts in one spelling: an å can be one character, or an a and a ring that is drawn above it.

Some devices and file systems send the second spelling. Haren keeps and compares the first (Unicode's form NFC), in
which equal words are equal strings.
"""

from __future__ import annotations

from unicodedata import combining, normalize


def composed(text: str) -> str:
    """Return the text with each letter and its accents as one character, where there is one."""
    return text if text.isascii() else normalize('NFC', text)


def folded(text: str) -> str:
    """Return the text for comparing: composed, and in capitals or not."""
    return composed(composed(text).casefold())


def contains_words(text: str, words: str) -> bool:
    """Return True if the text contains each of these words, in any order."""
    within = folded(text)
    return all(word in within for word in folded(words).split())


def begins_words(text: str, typed: str) -> bool:
    """Return True if each typed word is the beginning of a word of the text, in any order."""
    words = _words(text)
    return all(any(word.startswith(beginning) for word in words) for beginning in _words(typed))


def _words(text: str) -> list[str]:
    """Return the words of a text. Accents that stand alone belong to their word."""
    return ''.join(letter if letter.isalnum() or combining(letter) else ' ' for letter in folded(text)).split()
