"""What staff do with cases. Each act has an id that its client minted, and can be sent again safely."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.domain import case_closing, case_handling
from app.domain.case_acts import ActContent, CaseActKind
from app.domain.case_notes import CaseNote
from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.cases import Case
from app.domain.document import ChangeStamp, checked_text
from app.domain.errors import Invalid
from app.domain.people import Person
from app.services.case_act_recorder import CaseActReceipt, CaseActRecorder, Change
from app.services.case_assignments import CaseAssignments
from app.services.case_joining import CaseJoining
from app.services.case_matching import CaseMatching
from app.services.case_merges import similar_cases
from app.services.case_notifications import CaseNotifications
from app.services.case_reopening import CaseReopening
from app.services.case_undoing import CaseUndoing
from app.services.context import Context
from app.services.notifications import Notifications
from app.services.outcome_photos import OutcomePhotos
from app.services.paused_cases import PausedCases


class CaseActs:
    """The use cases of staff with a case.

    `act_id` was minted by the client; a repeat of it gets the same answer. `seen` is the revision that a screen showed:
    if a colleague has done something since, the act is refused. Raise Clash for an act that came too late, with a
    sentence that says who did what before; Invalid for what can't be accepted, at its field.
    """

    def __init__(self, context: Context, notifications: Notifications, matching: CaseMatching) -> None:
        self._context = context
        self._store = context.store
        self._recorder = CaseActRecorder(context)
        self._notifications = CaseNotifications(context, notifications)
        self._assignments = CaseAssignments(context, self._notifications)
        self._joining = CaseJoining(context, matching)
        self._reopening = CaseReopening(context, matching, self._joining)
        self._undoing = CaseUndoing(context, matching, self._joining)
        self._paused = PausedCases(context)
        self._photos = OutcomePhotos(context)

    def mint(self) -> str:
        """Return an id for an act whose client mints none."""
        return self._context.new_id()

    async def acknowledge(self, person: Person, case_id: str, act_id: str) -> CaseActReceipt:
        """Take a case on for its team: everybody can see that staff will take care of it."""

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return Change(*case_handling.acknowledge(case, stamp))

        return await self._recorder.record(person, case_id, act_id, ActContent(kind=CaseActKind.ACKNOWLEDGE), decide)

    async def assign(
        self, person: Person, case_id: str, act_id: str, person_id: str | None = None, team_id: str | None = None,
        *, seen: int | None = None,
    ) -> CaseActReceipt:  # fmt: skip
        """Give a case to a person (oneself, too), who is told, or to a team."""
        content = ActContent(kind=CaseActKind.ASSIGN, assigned_to=person_id, team_id=team_id)

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return await self._assignments.assign(case, person, act_id, content, stamp, has_seen=seen is not None)

        return await self._recorder.record(person, case_id, act_id, content, decide, seen)

    async def decline(self, person: Person, case_id: str, act_id: str, words: str) -> CaseActReceipt:
        """Give back a case that was assigned to oneself or one's team, with a word to whoever assigned it."""
        content = ActContent(kind=CaseActKind.DECLINE, words=_clean(words))

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return await self._assignments.decline(case, person, act_id, words, stamp)

        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def promise(
        self, person: Person, case_id: str, act_id: str, day: date, *, seen: int | None = None
    ) -> CaseActReceipt:
        """Promise a day until which it will be done. Residents read it at once."""

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return Change(*case_handling.promise(case, day, stamp))

        content = ActContent(kind=CaseActKind.PROMISE, day=day)
        return await self._recorder.record(person, case_id, act_id, content, decide, seen)

    async def pause(
        self, person: Person, case_id: str, act_id: str, reason: PauseReason, words: str = '',
        obstacle_id: str | None = None, *, seen: int | None = None,
    ) -> CaseActReceipt:  # fmt: skip
        """Pause a case: nothing can be done for now, for this reason. The clock of its deadlines stops."""
        content = ActContent(kind=CaseActKind.PAUSE, reason=reason, words=_clean(words), obstacle_id=obstacle_id)

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            await self._paused.require_obstacle(person, obstacle_id)
            return Change(*case_handling.pause(case, reason, words, obstacle_id, stamp))

        return await self._recorder.record(person, case_id, act_id, content, decide, seen)

    async def resume(self, person: Person, case_id: str, act_id: str) -> CaseActReceipt:
        """Go on with a paused case."""

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return Change(*case_handling.resume(case, stamp))

        return await self._recorder.record(person, case_id, act_id, ActContent(kind=CaseActKind.RESUME), decide)

    async def close(
        self, person: Person, case_id: str, act_id: str, outcome: Outcome, words: str = '', public: bool = False,
        duplicate_of: str | None = None,
    ) -> CaseActReceipt:  # fmt: skip
        """Close a case with an outcome. A duplicate is merged into the case that it is a duplicate of."""
        if outcome is Outcome.DUPLICATE:
            return await self._merge(person, case_id, act_id, duplicate_of or '', 'duplicate_of')
        content = ActContent(kind=CaseActKind.CLOSE, outcome=outcome, words=_clean(words), public=public)

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return Change(*case_closing.close(case, outcome, stamp, words, public=public))

        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def reopen(self, person: Person, case_id: str, act_id: str, words: str = '') -> CaseActReceipt:
        """Open a closed case again, whoever closed it and however long ago. A merged one counts by itself again."""
        content = ActContent(kind=CaseActKind.REOPEN, words=_clean(words))

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return await self._reopening.reopen(case, stamp)

        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def merge(self, person: Person, case_id: str, act_id: str, into_id: str) -> CaseActReceipt:
        """Close a case as a duplicate of another one of the same place: its reports count there as well."""
        return await self._merge(person, case_id, act_id, into_id, 'into_id')

    async def split(self, person: Person, case_id: str, act_id: str, report_ids: Collection[str]) -> CaseActReceipt:
        """Make a case of its own of some reports. The act of the receipt names it as `made_id`."""
        chosen = tuple(sorted(set(report_ids)))

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return await self._joining.split(case, chosen, stamp)

        content = ActContent(kind=CaseActKind.SPLIT, report_ids=chosen)
        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def note(self, person: Person, case_id: str, act_id: str, text: str) -> CaseActReceipt:
        """Write a note for colleagues. Whom it mentions is told."""

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            note, event = CaseNote.write(act_id, case, text, person, stamp)
            told = await self._notifications.of_note(note.text, case, stamp, act_id)
            return Change(case, event, (note, *told))

        content = ActContent(kind=CaseActKind.NOTE, words=_clean(text, 'text'))
        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def undo(self, person: Person, case_id: str, act_id: str, undone_act_id: str) -> CaseActReceipt:
        """Undo one's own act for a while, if nothing was done since; a merge or a split anybody's and at any time."""
        content = ActContent(kind=CaseActKind.UNDO, undone_act_id=undone_act_id)

        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            return await self._undoing.undo(case, person, undone_act_id, stamp)

        return await self._recorder.record(person, case_id, act_id, content, decide)

    async def expect_outcome_photo(self, person: Person, act_id: str) -> None:
        """Check before the upload that a photo can be added to an outcome, see OutcomePhotos."""
        await self._photos.expect(person, act_id)

    async def add_outcome_photo(self, person: Person, act_id: str, content: bytes | bytearray) -> CaseActReceipt:
        """Add a photo of how it is now to the closing of a case, in place of an earlier one."""
        return await self._photos.add(person, act_id, content)

    async def similar(self, case: Case) -> tuple[Case, ...]:
        """Return open cases of the same place that may be about the same."""
        return await similar_cases(self._store, case)

    async def held_by(self, obstacle_id: str) -> int:
        """Return how many paused cases wait for an obstacle."""
        return len(await self._paused.waiting_for(obstacle_id))

    async def _merge(self, person: Person, case_id: str, act_id: str, into_id: str, field: str) -> CaseActReceipt:
        async def decide(case: Case, stamp: ChangeStamp) -> Change:
            try:
                return await self._joining.merge(case, into_id, stamp)
            except Invalid as refused:
                raise Invalid(field, refused.message, **refused.values) from refused

        content = ActContent(kind=CaseActKind.MERGE, outcome=Outcome.DUPLICATE, other_case_id=into_id)
        return await self._recorder.record(person, case_id, act_id, content, decide)


def _clean(words: str, field: str = 'words') -> str:
    """Return the words as they are kept, or '' if there are none. Raise Invalid if they can't be kept."""
    return checked_text(words, field) if words.strip() else ''
