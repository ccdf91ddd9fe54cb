"""Leaving: what becomes of what somebody wrote."""

from __future__ import annotations

from enum import StrEnum


class Leaving(StrEnum):
    """What becomes of what somebody wrote once they leave."""

    ANONYMOUS = 'anonymous'
    ERASE = 'erase'
