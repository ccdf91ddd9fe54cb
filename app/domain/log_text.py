"""Make text from outside safe to stand in a log."""

from __future__ import annotations

LONGEST = 500
"""Characters of one text in the log."""


def one_line(text: object, limit: int = LONGEST) -> str:
    """Return the text on one line, cut to `limit`, with all that is not printable spelled out.

    A line end would begin a line that looks like one of ours, and an escape sequence could change the terminal.
    """
    shown = str(text)[: limit + 1]
    spelled = ''.join(character if character.isprintable() else _spelled(character) for character in shown[:limit])
    return f'{spelled} …' if len(shown) > limit else spelled


def _spelled(character: str) -> str:
    return character.encode('unicode_escape').decode()
