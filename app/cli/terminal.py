"""Read what somebody types in a terminal and print to it, whatever its locale is."""

from __future__ import annotations

import errno
import io
import os
import sys

from app.domain.errors import Refusal


class CommandFailed(Exception):
    """A command can't do what was asked. The message is a line for the terminal."""


def print_in_any_locale() -> None:
    """Print a question mark for a character that the terminal can't show, instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors='replace')


def can_print(text: str) -> bool:
    """Return True if the terminal can show all of the text."""
    try:
        text.encode(getattr(sys.stdout, 'encoding', None) or 'ascii')
    except UnicodeEncodeError:
        return False
    return True


def show(text: str) -> None:
    """Print the text and make sure that it has left this process. Raise OSError if nobody can have seen it."""
    if not isinstance(sys.stdout, io.TextIOBase):  # closed by whoever started the command
        raise OSError(errno.EBADF, 'there is no output to print to')
    print(text, flush=True)


def flush_output() -> None:
    """Print what is still held back. Raise OSError if that fails."""
    if isinstance(sys.stdout, io.TextIOBase):
        sys.stdout.flush()


def drop_output() -> None:
    """Drop what could not be printed: Python would try it once more at its end, and complain."""
    try:
        flush_output()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    if isinstance(error, OSError) and error.strerror:
        return f'{os.fsdecode(error.filename)}: {error.strerror}' if error.filename is not None else error.strerror
    return str(error)
