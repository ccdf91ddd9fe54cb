"""Texts in one spelling: an å can be one character, or an a and a ring that is drawn above it.

Some devices and file systems send the second spelling. Haren keeps and compares the first (Unicode's form NFC), in
which equal words are equal strings.
"""

from __future__ import annotations

from unicodedata import normalize


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
