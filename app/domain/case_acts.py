"""Acts: what staff did with a case, under an id that their client minted.

A repeat of an id gets the same answer. An act that came too late is kept, too, with what it met.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar

from pydantic import Field, JsonValue

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.cases import Case, if_set
from app.domain.document import ChangeStamp, Document, Moment, Text, Value
from app.domain.reports import Report


class CaseActKind(StrEnum):
    """What staff can do with a case."""

    ACKNOWLEDGE = 'acknowledge'
    ASSIGN = 'assign'
    DECLINE = 'decline'
    PROMISE = 'promise'
    PAUSE = 'pause'
    RESUME = 'resume'
    CLOSE = 'close'
    REOPEN = 'reopen'
    MERGE = 'merge'
    SPLIT = 'split'
    NOTE = 'note'
    UNDO = 'undo'


ALWAYS_UNDOABLE = frozenset({CaseActKind.MERGE, CaseActKind.SPLIT})
"""Acts that anybody of the staff can undo at any time."""


class ActContent(Value):
    """What was sent with an act."""

    kind: CaseActKind
    words: Annotated[Text, if_set] = ''
    assigned_to: Annotated[str | None, if_set] = None
    team_id: Annotated[str | None, if_set] = None
    day: Annotated[date | None, if_set] = None
    reason: Annotated[PauseReason | None, if_set] = None
    obstacle_id: Annotated[str | None, if_set] = None
    outcome: Annotated[Outcome | None, if_set] = None
    public: Annotated[bool, if_set] = False
    other_case_id: Annotated[str | None, if_set] = None
    report_ids: Annotated[tuple[str, ...], if_set] = ()
    undone_act_id: Annotated[str | None, if_set] = None

    def fingerprint(self, case_id: str) -> str:
        """Return a hash that is the same for a repeat of a request, and another one for any other content."""
        return sha256(f'{case_id}\0{self.model_dump_json()}'.encode()).hexdigest()


class CaseAct(Document):
    """What one person did with one case. `met` is the Event that it came too late for, or ''.

    `event_id` is the Event that it made. `before` and `after` are the fields of the case that it changed, and
    `case_revision` is the revision that it made. `made_id` is the case that a split made, with the reports `moved_ids`.
    """

    kept_in: ClassVar[str] = 'case_acts'
    found_by: ClassVar[tuple[str, ...]] = ('case_id', 'by', 'made_id')
    newest_by: ClassVar[str] = 'at'

    case_id: str
    by: str | None
    at: Moment
    fingerprint: str
    content: ActContent
    event_id: Annotated[str | None, if_set] = None
    before: dict[str, JsonValue] = Field(default_factory=dict, exclude_if=lambda fields: not fields)
    after: dict[str, JsonValue] = Field(default_factory=dict, exclude_if=lambda fields: not fields)
    made_id: Annotated[str | None, if_set] = None
    moved_ids: Annotated[tuple[str, ...], if_set] = ()
    case_revision: Annotated[int, if_set] = 0
    met: Annotated[str, if_set] = ''
    undone_at: Annotated[Moment | None, if_set] = None

    @classmethod
    def of(cls, id: str, case: Case, content: ActContent, stamp: ChangeStamp) -> CaseAct:
        """Return an act that has changed nothing yet."""
        fingerprint = content.fingerprint(case.id)
        return cls(id=id, case_id=case.id, by=stamp.by, at=stamp.at, fingerprint=fingerprint, content=content)

    def repeats(self, other: CaseAct) -> bool:
        """Return True if the same person sent the same."""
        return (self.by, self.fingerprint) == (other.by, other.fingerprint)

    @property
    def kind(self) -> CaseActKind:
        """What was done."""
        return self.content.kind

    @property
    def is_done(self) -> bool:
        """True if it changed something, and that stands."""
        return self.event_id is not None and self.undone_at is None

    def changing(self, before: Case, after: Case, event_id: str) -> CaseAct:
        """Return the act with what it changed."""
        old, new = _fields(before), _fields(after)
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        changed = {'before': {name: old.get(name) for name in names}, 'after': {name: new.get(name) for name in names}}
        return self.model_copy(update={**changed, 'event_id': event_id, 'case_revision': before.revision + 1})

    def splitting(self, made_id: str, moved: Iterable[Report]) -> CaseAct:
        """Return the act as the one that made a case of these reports."""
        return self.model_copy(update={'made_id': made_id, 'moved_ids': tuple(report.id for report in moved)})

    def meeting(self, event_id: str) -> CaseAct:
        """Return the act as one that came too late."""
        return self.model_copy(update={'met': event_id})

    def undone(self, stamp: ChangeStamp) -> CaseAct:
        """Return the act as undone."""
        return self.model_copy(update={'undone_at': stamp.at})

    def without_words(self) -> CaseAct:
        """Return the act without what its author wrote, and without the hash of that."""
        return self.model_copy(update={'content': self.content.model_copy(update={'words': ''}), 'fingerprint': ''})

    def still_stands(self, case: Case) -> bool:
        """Return True if everything that it changed is as it left it."""
        now = _fields(case)
        return all(now.get(name) == value for name, value in self.after.items())

    def take_back(self, case: Case, stamp: ChangeStamp) -> Case:
        """Return the case with what it changed as it was before."""
        defaults = {name: field.default for name, field in Case.model_fields.items()}
        before = {name: defaults[name] if value is None else value for name, value in self.before.items()}
        return Case.model_validate(json.loads(case.model_dump_json()) | before).changed(stamp)


_NOT_THEIRS = ('revision', 'changed_at', 'reports', 'reported_at', 'fine')
"""Fields that residents change, too."""


def _fields(case: Case) -> dict[str, JsonValue]:
    fields: dict[str, JsonValue] = json.loads(case.model_dump_json())
    return {name: value for name, value in fields.items() if name not in _NOT_THEIRS}
