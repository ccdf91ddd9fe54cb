"""Stamps in forms: the signed time at which a page was shown, which nobody can forge."""

from __future__ import annotations

import hmac
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from hashlib import blake2b
from typing import ClassVar, NamedTuple

from app.domain.document import Document, Moment

NONCE, TIME, SEAL = 6, 6, 9
"""The bytes of each part: 21 together, which make 28 characters in base64."""

LENGTH = 28


class ReadStamp(NamedTuple):
    """The content of a stamp: its nonce, and when it was made."""

    nonce: bytes
    at: datetime


class StampKey(Document):
    """The key that seals stamps, in hexadecimal. There is one, stored so that open pages stay valid over a restart."""

    kept_in: ClassVar[str] = 'stamp_keys'
    newest_by: ClassVar[str] = 'made_at'

    id: str = 'key'
    key: str
    made_at: Moment


class FormStamps:
    """Make and read stamps with one key. A stamp is a nonce, the milliseconds since 1970, and the seal over both."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, nonce: bytes, now: datetime) -> str:
        """Return a stamp of this moment. `nonce` has NONCE bytes."""
        content = nonce + int(now.timestamp() * 1000).to_bytes(TIME, 'big')
        return urlsafe_b64encode(content + self._seal(content)).decode()

    def read(self, stamp: str) -> ReadStamp | None:
        """Return the stamp's content, or None if it isn't exactly one that this key made."""
        if len(stamp) != LENGTH:
            return None
        try:
            whole = b64decode(stamp, b'-_', validate=True)
        except (NotBase64, ValueError):
            return None
        content, seal = whole[: NONCE + TIME], whole[NONCE + TIME :]
        if not hmac.compare_digest(seal, self._seal(content)):
            return None
        at = datetime.fromtimestamp(int.from_bytes(content[NONCE:], 'big') / 1000, UTC)
        return ReadStamp(content[:NONCE], at)

    def _seal(self, content: bytes) -> bytes:
        # BLAKE2 takes a key by itself (RFC 7693). Unlike HMAC, it doesn't release the interpreter for so little data.
        return blake2b(content, digest_size=SEAL, key=self._key).digest()
