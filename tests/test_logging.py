"""Test that text from outside stays inside its own record of the log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from app.cli.logging_setup import RecordFormatter
from app.web.http.server_protocol import server_config

FORGED = '2026-05-04 12:00:00,000 ERROR app: the disk is full'


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Return what is logged to the logger of this module."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RecordFormatter())
    logger = logging.getLogger(__name__)
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


@pytest.mark.parametrize('end', ['\n', '\r', '\r\n', '\x0b', '\x0c', '\x85', '\u2028', '\u2029', '\x1b[2K\r'])
def test_no_text_begins_a_record(written: io.StringIO, end: str) -> None:
    log = logging.getLogger(__name__)
    log.warning('somebody wrote %s', f'x{end}{FORGED}\x00\x1b]0;title\x07')
    try:
        raise ValueError(f'x{end}{FORGED}\x1b[31m')
    except ValueError:
        log.exception('it failed')
    lines = written.getvalue().splitlines()
    assert all('WARNING' in line or 'it failed' in line or line.startswith('    ') for line in lines), lines
    assert all(line.isprintable() for line in lines)
    assert len([line for line in lines if not line.startswith(' ')]) == 2


def test_a_message_has_a_bound(written: io.StringIO) -> None:
    logging.getLogger(__name__).warning('%s', 'x' * 1_000_000)
    assert len(written.getvalue()) < 5_000


def test_uvicorn_logs_through_the_same_handler() -> None:
    assert server_config(None).log_config is None
