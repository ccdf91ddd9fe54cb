"""The public numbers of cases: count them, and read them as people write them down."""

from __future__ import annotations

from typing import ClassVar

from app.domain.bounded_pattern import BoundedPattern
from app.domain.document import Document
from app.domain.typed_text import last_part, plain_text, trimmed

_NUMBER = BoundedPattern(r'(?:[^\W\d_]{1,12}[ .:]{0,2})?(?:#|№)? ?([0-9]{4}) ?[-/: ] ?([0-9]{1,9})', longest=60)


def read(typed: str) -> str | None:
    """Return the number in its one spelling, or None if it is none.

    So 2026-142 is read in #2026–142, "Ärende 2026 142.", ٢٠٢٦-١٤٢ and the address of the case's page.
    """
    found = _NUMBER.fullmatch(trimmed(last_part(plain_text(typed))))
    return f'{found[1]}-{int(found[2])}' if found else None


class CaseNumbers(Document):
    """The last case number of one year. The id is the year."""

    kept_in: ClassVar[str] = 'case_numbers'
    newest_by: ClassVar[str] = 'id'

    last: int = 0

    def next(self) -> tuple[CaseNumbers, str]:
        """Return the series after one more number, and that number."""
        return self.model_copy(update={'last': self.last + 1}), f'{self.id}-{self.last + 1}'
