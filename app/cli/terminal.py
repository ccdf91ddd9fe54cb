"""Read what somebody types in a terminal and print to it, whatever its locale is."""

from __future__ import annotations

import io
import os
import sys

from app.domain.errors import Refusal


def print_in_any_locale() -> None:
    """Print a question mark for a character that the terminal can't show, instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors='replace')


def can_print(text: str) -> bool:
    """Return True if the terminal can show all of the text."""
    try:
        text.encode(sys.stdout.encoding or 'ascii')
    except UnicodeEncodeError:
        return False
    return True


def typed_text(argument: str) -> str:
    """Return an argument as it was typed. A terminal sends UTF-8 today, also where the locale says something else."""
    try:
        return os.fsencode(argument).decode('utf-8')
    except UnicodeError:
        return argument


def reason(error: Exception) -> str:
    """Return what went wrong as a line for the terminal."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f'{os.fsdecode(error.filename)}: {error.strerror}'
    return str(error)
