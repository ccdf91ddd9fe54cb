"""What clients send when staff act on cases, and what they get."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.web.http.openapi_helpers import StrictModel, input_example, with_example

ID = '6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'
CASE = '9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b'
OTHER = '1b2c3d4e5f60718293a4b5c6d7e8f901'

SEEN = Field(
    None, description='The revision that you have seen: refused (409) if a colleague has done something since.'
)


class ActIn(StrictModel):
    """An act without more to say. The client mints its `id`; sending it again changes nothing."""

    model_config = input_example(id=ID)

    id: str = Field(examples=[ID])


class AssignIn(StrictModel):
    """A person or a team that takes care of the case from now on. `me` is whoever calls."""

    model_config = input_example(id=ID, person_id='me')

    id: str
    person_id: str | None = Field(None, description='A person’s id, or `me`.')
    team_id: str | None = None
    seen: int | None = SEEN


class DeclineIn(StrictModel):
    """A word to whoever assigned the case."""

    model_config = input_example(id=ID, words='Jag är ledig i veckan.')

    id: str
    words: str


class PromiseIn(StrictModel):
    """The day until which it will be done: today or later, within two years. Residents read it."""

    model_config = input_example(id=ID, day='2026-05-07')

    id: str
    day: date
    seen: int | None = SEEN


class PauseIn(StrictModel):
    """Why nothing can be done for now: a `reason`, or the obstacle of the diary that it waits for."""

    model_config = input_example(id=ID, reason='part', words='Nytt lock är beställt.')

    id: str
    reason: PauseReason | None = Field(None, description='May be left out with an obstacle.')
    words: str = Field('', description='For colleagues only.')
    obstacle_id: str | None = None
    seen: int | None = SEEN


class CloseIn(StrictModel):
    """How a case ends. `not_ours` and `cannot` need `words`, which residents read; `duplicate` needs `duplicate_of`."""

    model_config = input_example(id=ID, outcome='fixed', words='Bytte lås.', public=True)

    id: str
    outcome: Outcome
    words: str = ''
    public: bool = Field(False, description='True if residents may read the words and see the photo.')
    duplicate_of: str | None = None


class ReopenIn(StrictModel):
    """Why a closed case is open again."""

    model_config = input_example(id=ID, words='Det läcker fortfarande.')

    id: str
    words: str = ''


class MergeIn(StrictModel):
    """The case that this one is a duplicate of."""

    model_config = input_example(id=ID, into_id=OTHER)

    id: str
    into_id: str


class SplitIn(StrictModel):
    """The reports that are about something else, by their ids or marks."""

    model_config = input_example(id=ID, report_ids=[OTHER])

    id: str
    report_ids: list[str] = Field(max_length=500)


class NoteIn(StrictModel):
    """A note for colleagues. Names after an @ are told about it."""

    model_config = input_example(id=ID, text='Nyckeln ligger hos @Leo Ledare.')

    id: str
    text: str


class UndoIn(StrictModel):
    """The act that is undone."""

    model_config = input_example(id=ID, act_id=OTHER)

    id: str
    act_id: str


class CaseOut(BaseModel):
    """A case as it is now."""

    model_config = with_example(id=CASE, number='2026-142', state='resolved')

    id: str
    number: str
    state: CaseState


class CaseActOut(CaseOut):
    """A case as it is now, and the act that was done."""

    model_config = with_example(
        id=CASE, number='2026-142', state='acknowledged', act=ID, revision=4, made_id=None
    )  # fmt: skip

    act: str = Field(description='The id of the act.')
    revision: int = Field(description='The revision of the case.')
    made_id: str | None = Field(description='The id of the case that a split made.')
