"""The choices for somebody's contributions when they leave."""

from __future__ import annotations

from enum import StrEnum


class Leaving(StrEnum):
    """Keep contributions without a name, or erase them."""

    ANONYMOUS = 'anonymous'
    ERASE = 'erase'
