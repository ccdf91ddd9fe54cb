"""The newest case about each problem of each asset: new reports count there."""

from __future__ import annotations

from typing import ClassVar

from app.domain.cases import Case
from app.domain.document import Document


class NewestCase(Document):
    """The newest case about one problem of one asset.

    Whoever opens another case changes this document. So reports never open two cases at once, however many come.
    """

    kept_in: ClassVar[str] = 'newest_cases'
    newest_by: ClassVar[str] = 'id'

    case_id: str = ''

    @staticmethod
    def place(asset_id: str, problem: str) -> str:
        """Return the id of the document about this problem of this asset."""
        return f'{asset_id}.{problem}'

    def is_now(self, case: Case) -> NewestCase:
        """Return the document with a newer case."""
        return self.model_copy(update={'case_id': case.id})
