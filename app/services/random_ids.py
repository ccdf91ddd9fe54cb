"""Make ids and nonces that nobody can guess."""

from __future__ import annotations

import secrets

RESERVE = 4_096
"""Bytes that are read from the system at a time. Each read lets another thread take the interpreter."""


class RandomIds:
    """Random bytes from the system, read in advance and given out in small portions."""

    def __init__(self) -> None:
        self._reserve: bytes = b''

    def bytes(self, count: int) -> bytes:
        """Return `count` random bytes. No byte is given out twice."""
        if len(self._reserve) < count:
            self._reserve = secrets.token_bytes(max(count, RESERVE))
        taken, self._reserve = self._reserve[:count], self._reserve[count:]
        return taken

    def id(self) -> str:
        """Return 32 hexadecimal digits: 128 random bits, as many bits as a UUID has."""
        return self.bytes(16).hex()


RANDOM_IDS = RandomIds()
