"""Ids and nonces that nobody can guess."""

from __future__ import annotations

import secrets

RESERVE = 4_096
"""Bytes that are asked of the system at a time: each time hands the interpreter to another thread."""


class RandomIds:
    """Random bytes from the system, in small portions."""

    def __init__(self) -> None:
        self._reserve: bytes = b''

    def bytes(self, count: int) -> bytes:
        """So many random bytes; none is given out twice."""
        if len(self._reserve) < count:
            self._reserve = secrets.token_bytes(max(count, RESERVE))
        taken, self._reserve = self._reserve[:count], self._reserve[count:]
        return taken

    def id(self) -> str:
        """32 hexadecimal digits: as many as in a UUID."""
        return self.bytes(16).hex()


RANDOM_IDS = RandomIds()
