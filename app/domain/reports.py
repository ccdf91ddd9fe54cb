"""What residents say of a thing."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import ClassVar, NamedTuple

from app.domain.document import Document, Moment, checked_text
from app.domain.errors import NotAllowed

MOST_NOTES = 10
"""How often a note can be reworded."""

MOST_PHOTOS = 5
"""Photos that can be sent to one report, each in place of the one before: a change of mind, and no flood."""


class ReportInput(NamedTuple):
    """What somebody says of a thing: which problem it has, in a few words perhaps, or that it is `fine` now.

    `again` is the id or the mark of an earlier report of their own, if they have made one: nobody confirms themselves.
    """

    problem: str
    note: str = ''
    fine: bool = False
    again: str = ''

    @classmethod
    def read(cls, problem: str, note: str = '', fine: bool = False, again: str = '') -> ReportInput:
        """What was sent, in its one spelling; Invalid where the note can't be kept."""
        return cls(problem, checked_text(note, 'note') if note.strip() else '', fine, again)

    def fingerprint(self, asset_id: str) -> str:
        """What tells a repeat of a request from another one."""
        content = (asset_id, self.problem, self.note, *(('fine',) if self.fine else ()))
        return sha256('\0'.join(content).encode()).hexdigest()


class Report(Document):
    """One message from one person about one asset: that there is a problem, or that it is `fine` now.

    Its id was minted on their phone, and is the key to their thanks page. `sent` is a fingerprint of what they sent.
    `case_id` is '' while the report waits to be looked at. `mark` tells that two reports are one person's where others
    may read it: it leads nowhere. `photo` names its photo, the last of `photos` that were
    sent; `shows` is the case to which that belongs. `earlier` is the id of the one that the same person made before.
    """

    kept_in: ClassVar[str] = 'reports'
    found_by: ClassVar[tuple[str, ...]] = ('case_id', 'shows', 'mark')
    newest_by: ClassVar[str] = 'at'

    asset_id: str
    problem: str
    case_id: str
    at: Moment
    note: str = ''
    notes: int = 0
    fine: bool = False
    sent: str
    mark: str = ''
    photo: str | None = None
    photos: int = 0
    shows: str | None = None
    earlier: str = ''

    @classmethod
    def of(cls, id: str, asset_id: str, said: ReportInput, at: datetime) -> Report:
        """A report as it was sent; no case has it yet."""
        return cls(
            id=id, asset_id=asset_id, problem=said.problem, case_id='', at=at, note=said.note, fine=said.fine,
            sent=said.fingerprint(asset_id), mark=sha256(f'mark {id}'.encode()).hexdigest()[:24],
        )  # fmt: skip

    @property
    def came_with_a_note(self) -> bool:
        """Whether the note was sent along and is not reworded: one that came later is told by an Event of its own."""
        return bool(self.note) and self.says_the_same_as(self.asset_id, ReportInput(self.problem, self.note, self.fine))

    def says_the_same_as(self, asset_id: str, said: ReportInput) -> bool:
        """Whether a request with this report's id is a repeat of it, also where the note has been reworded since."""
        return self.sent == said.fingerprint(asset_id)

    def part_of(self, case_id: str) -> Report:
        """The report as one of a case's."""
        return self.model_copy(update={'case_id': case_id, 'shows': case_id if self.photo else None})

    def following(self, own: Report) -> Report:
        """The report as one of somebody who has made another before."""
        return self.model_copy(update={'earlier': own.id})

    def reworded(self, text: str) -> Report:
        """The report with another note; NotAllowed where that has been done very often."""
        note = checked_text(text, 'note')
        if note == self.note:
            return self
        if self.notes >= MOST_NOTES:
            raise NotAllowed('You have changed this note {count} times. The last one stays.', count=self.notes)
        return self.model_copy(update={'note': note, 'notes': self.notes + 1})

    def photographed(self, name: str) -> Report:
        """The report with a photo, in place of an earlier one; `name` is what it's kept under.

        NotAllowed where so many have been sent that this looks like no change of mind any more.
        """
        if self.photos >= MOST_PHOTOS:
            raise NotAllowed('You have sent {count} photos. The last one stays.', count=self.photos)
        return self.model_copy(update={'photo': name, 'photos': self.photos + 1, 'shows': self.case_id or None})
