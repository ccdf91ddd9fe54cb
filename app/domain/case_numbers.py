"""Read the public number of a case as people write it down."""

from __future__ import annotations

from app.domain.bounded_pattern import BoundedPattern
from app.domain.typed_text import last_part, plain_text, trimmed

_NUMBER = BoundedPattern(r'(?:[^\W\d_]{1,12}[ .:]{0,2})?(?:#|№)? ?([0-9]{4}) ?[-/: ] ?([0-9]{1,9})', longest=60)


def read(typed: str) -> str | None:
    """Return the number in its one spelling, or None if it is none.

    So 2026-142 is read in #2026–142, "Ärende 2026 142.", ٢٠٢٦-١٤٢ and the address of the case's page.
    """
    found = _NUMBER.fullmatch(trimmed(last_part(plain_text(typed))))
    return f'{found[1]}-{int(found[2])}' if found else None
