"""Name photos by their content, so that the same photo is kept once."""

from __future__ import annotations

from hashlib import sha256


def photo_name(content: bytes) -> str:
    """Return the name of a photo with this content: 'sha256-' and 64 hexadecimal digits."""
    return f'sha256-{sha256(content).hexdigest()}'
