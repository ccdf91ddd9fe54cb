"""Reports: what residents say about an asset."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from app.domain.document import Document, Moment, Text, checked_text
from app.domain.errors import Gone, NotAllowed

MOST_NOTES = 10
"""Changes of one note at most."""

TAKE_BACK_OFFERED = timedelta(minutes=1)
"""The time for which pages offer to take a report back."""

TAKE_BACK_WITHIN = timedelta(days=1)
"""The time within which a report can be taken back: a phone may have lost its network meanwhile."""

MOST_PHOTOS = 5
"""Photos that can be sent for one report. Each replaces the one before."""


class ReportInput(NamedTuple):
    """The content of a report: which problem the asset has, perhaps a note, or that it is `fine` now.

    `again` is the id or the mark of an earlier report of the same person, if there is one: nobody confirms themselves.
    """

    problem: str
    note: str = ''
    fine: bool = False
    again: str = ''

    @classmethod
    def read(cls, problem: str, note: str = '', fine: bool = False, again: str = '') -> ReportInput:
        """Return what was sent, with a clean note. Raise Invalid if the note can't be kept."""
        return cls(problem, checked_text(note, 'note') if note.strip() else '', fine, again)

    def fingerprint(self, asset_id: str) -> str:
        """Return a hash that is the same for a repeat of a request, and another one for any other content."""
        content = (asset_id, self.problem, self.note, *(('fine',) if self.fine else ()))
        return sha256('\0'.join(content).encode()).hexdigest()


class Report(Document):
    """A message from one person about one asset: that there is a problem, or that it is `fine` now.

    Its id was minted on the person's phone, and is the key to their thanks page. `sent` is the fingerprint of what they
    sent. `case_id` is '' while the report is held. `mark` says that two reports are one person's where others may read
    it: unlike the id it opens nothing. `photo` names the photo, the last of `photos` that were sent; `shows` is the
    case to which that belongs. `earlier` is the id of the report that the same person made before, and `reminds` says
    that this one is about the same case, so that they count once. `counted_in` is the case in which it counts instead
    of its own, once it was split off. `withdrawn_at` is when its sender took it back.
    """

    kept_in: ClassVar[str] = 'reports'
    found_by: ClassVar[tuple[str, ...]] = ('case_id', 'shows', 'mark')
    newest_by: ClassVar[str] = 'at'
    photo_fields: ClassVar[tuple[str, ...]] = ('photo',)

    asset_id: str
    problem: str
    case_id: str
    at: Moment
    note: Text = ''
    notes: int = 0
    fine: bool = False
    sent: str
    mark: str = ''
    photo: str | None = None
    photos: int = 0
    shows: str | None = None
    earlier: str = ''
    reminds: Annotated[bool, Field(exclude_if=lambda reminds: not reminds)] = False
    counted_in: Annotated[str, Field(exclude_if=lambda case_id: not case_id)] = ''
    withdrawn_at: Annotated[Moment | None, Field(exclude_if=lambda moment: moment is None)] = None

    @classmethod
    def of(cls, id: str, asset_id: str, content: ReportInput, at: datetime) -> Report:
        """Return a report as it was sent. It is part of no case yet."""
        return cls(
            id=id, asset_id=asset_id, problem=content.problem, case_id='', at=at, note=content.note, fine=content.fine,
            sent=content.fingerprint(asset_id), mark=sha256(f'mark {id}'.encode()).hexdigest()[:24],
        )  # fmt: skip

    @property
    def came_with_a_note(self) -> bool:
        """True if the note came with the report and is unchanged. A note that came later has an Event of its own."""
        return bool(self.note) and self.has_same_content(self.asset_id, ReportInput(self.problem, self.note, self.fine))

    def has_same_content(self, asset_id: str, content: ReportInput) -> bool:
        """Return True if a request with this id repeats the report, even if the note has been changed since."""
        same = content.fingerprint(asset_id)
        if self.sent == same:
            return True
        # The fingerprint of a note that was stored with decomposed letters is another one than that of its repeat.
        kept = ReportInput(self.problem, self.note, self.fine)
        return not self.notes and bool(self.note) and kept.fingerprint(self.asset_id) == same

    def part_of(self, case_id: str) -> Report:
        """Return the report as part of a case."""
        return self.model_copy(update={'case_id': case_id, 'shows': case_id if self.photo else None})

    def following(self, own: Report) -> Report:
        """Return the report as one of a person who has made another before."""
        return self.model_copy(update={'earlier': own.id})

    @property
    def counts(self) -> bool:
        """True if it adds one to the reports of a case."""
        return not (self.fine or self.reminds or self.withdrawn_at)

    @property
    def counted_case_id(self) -> str:
        """The case in which it counts."""
        return self.counted_in or self.case_id

    def reminding(self) -> Report:
        """Return the report as one of a person whose report counts in the same case already."""
        return self.model_copy(update={'reminds': True})

    def counting_in(self, case_id: str) -> Report:
        """Return the report as one that counts in another case."""
        return self.model_copy(update={'counted_in': case_id})

    def withdrawn(self, at: datetime) -> Report:
        """Return the report as taken back by its sender. Nobody's words or photo stay with it."""
        return self.model_copy(update={'withdrawn_at': at, 'note': '', 'photo': None, 'shows': None})

    def undo_offered_for(self, now: datetime) -> timedelta:
        """Return for how long pages still offer to take it back: no time at all once that is over."""
        left = self.at + TAKE_BACK_OFFERED - now
        return max(timedelta(), min(left, TAKE_BACK_OFFERED)) if self.withdrawn_at is None else timedelta()

    def require_standing(self) -> None:
        """Raise Gone if its sender has taken it back."""
        if self.withdrawn_at:
            raise Gone('You have taken this report back. Report again if it is so after all.')

    def counting_itself(self) -> Report:
        """Return the report as one that counts, because the one that it was a reminder of was taken back."""
        return self.model_copy(update={'reminds': False})

    def reworded(self, text: str) -> Report:
        """Return the report with another note. Raise NotAllowed if it has been changed MOST_NOTES times."""
        note = checked_text(text, 'note')
        if note == self.note:
            return self
        if self.notes >= MOST_NOTES:
            raise NotAllowed('You have changed this note {count} times. The last one stays.', count=self.notes)
        return self.model_copy(update={'note': note, 'notes': self.notes + 1})

    def photographed(self, name: str) -> Report:
        """Return the report with a photo, in place of an earlier one; `name` is the name of its file.

        Raise NotAllowed if MOST_PHOTOS have been sent: that is no change of mind any more.
        """
        if self.photos >= MOST_PHOTOS:
            raise NotAllowed('You have sent {count} photos. The last one stays.', count=self.photos)
        return self.model_copy(update={'photo': name, 'photos': self.photos + 1, 'shows': self.case_id or None})
