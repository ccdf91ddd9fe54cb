"""Notes that staff write to each other about a case."""

from __future__ import annotations

from typing import ClassVar

from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document, Moment, Text, checked_text
from app.domain.events import Event, EventKind
from app.domain.people import Person


class CaseNote(Document):
    """A note about a case, for staff only. Its id was minted by the client; it is that of its act, too.

    `author_id` is None once its author has left.
    """

    kept_in: ClassVar[str] = 'case_notes'
    found_by: ClassVar[tuple[str, ...]] = ('case_id', 'author_id')
    newest_by: ClassVar[str] = 'at'

    case_id: str
    author_id: str | None
    at: Moment
    text: Text
    withdrawn_at: Moment | None = None

    @classmethod
    def write(cls, id: str, case: Case, text: str, person: Person, stamp: ChangeStamp) -> tuple[CaseNote, Event]:
        """Return a note. Raise Invalid if there are no words, or too many."""
        note = cls(id=id, case_id=case.id, author_id=person.id, at=stamp.at, text=checked_text(text))
        return note, case.event(EventKind.CASE_STAFF_NOTED, stamp)

    @property
    def is_withdrawn(self) -> bool:
        """True if its author has taken it back."""
        return self.withdrawn_at is not None

    def withdraw(self, stamp: ChangeStamp) -> CaseNote:
        """Return the note without its words: its author has taken them back."""
        return self.model_copy(update={'text': '', 'withdrawn_at': stamp.at})
