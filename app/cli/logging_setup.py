"""Set the log up. Whatever text from outside is in it, a record stays one record."""

from __future__ import annotations

import logging

from app.domain.log_text import one_line

LONGEST_MESSAGE = 4_000

QUIET = 'httpx', 'fontTools', 'python_multipart'
"""Libraries that log what anybody sends."""


class RecordFormatter(logging.Formatter):
    """Spells out control characters, and indents each further line, so that none looks like a record of its own."""

    def __init__(self) -> None:
        super().__init__('%(asctime)s %(levelname)s %(name)s: %(message)s')

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the first line."""
        record.message = one_line(record.message, LONGEST_MESSAGE)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802
        """Return the traceback, which may quote text from outside."""
        return _indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return the stack."""
        return _indented(stack_info)


def configure_logging() -> None:
    """Write the log to standard error. uvicorn and NiceGUI log through the same handler."""
    handler = logging.StreamHandler()
    handler.setFormatter(RecordFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.ERROR)


def _indented(text: str) -> str:
    return '\n'.join(f'    {one_line(line, LONGEST_MESSAGE)}' for line in text.split('\n'))
