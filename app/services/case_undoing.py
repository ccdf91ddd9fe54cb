"""Undo what somebody has done with a case by mistake."""

from __future__ import annotations

from app.domain import case_merging
from app.domain.case_acts import ALWAYS_UNDOABLE, CaseAct, CaseActKind
from app.domain.case_notes import CaseNote
from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document
from app.domain.errors import Clash, NotAllowed, NotFound, Overtaken
from app.domain.events import EventKind, Showing
from app.domain.people import Person
from app.services.case_act_recorder import NEWEST, Change
from app.services.case_history import UNDO_WITHIN, is_within
from app.services.case_joining import CaseJoining
from app.services.case_matching import CaseMatching
from app.services.case_merges import cases_above
from app.services.context import Context

_SILENT = (CaseActKind.NOTE, CaseActKind.UNDO)
"""Acts that change nothing about a case that another one could have been based on."""


class CaseUndoing:
    """Decide how an act is undone. Merging and splitting can be undone by anybody at any time."""

    def __init__(self, context: Context, matching: CaseMatching, joining: CaseJoining) -> None:
        self._store = context.store
        self._matching = matching
        self._joining = joining

    async def undo(self, case: Case, person: Person, act_id: str, stamp: ChangeStamp) -> Change:
        """Undo an act. Raise NotAllowed if it was somebody else's, Clash if it is too late."""
        act = await self._store.get(CaseAct, act_id)
        if act is None or case.id not in (act.case_id, act.made_id, act.content.other_case_id):
            raise NotFound('There is nothing to undo here.')
        if not act.is_done or act.kind is CaseActKind.UNDO:
            raise Clash('This has been undone already.')
        if act.kind is CaseActKind.SPLIT:
            return await self._joining.unsplit(case, act, stamp)
        if act.kind is CaseActKind.MERGE:
            return (await self._unmerge(act, stamp)).with_more(act.undone(stamp)).seen_from(case.id)
        self._require_own(act, person, stamp)
        if act.kind is CaseActKind.NOTE:
            return await self._withdraw_note(case, act, stamp)
        return await self._take_back(case, act, stamp)

    async def _unmerge(self, act: CaseAct, stamp: ChangeStamp) -> Change:
        merged = await self._store.get(Case, act.case_id)
        if merged is None or merged.merged_into is None or not act.still_stands(merged):
            raise Overtaken('Somebody was faster: this case is not a duplicate any more.')
        return await self._joining.unmerge(merged, stamp)

    async def _withdraw_note(self, case: Case, act: CaseAct, stamp: ChangeStamp) -> Change:
        note = await self._store.get(CaseNote, act.id)
        withdrawn = (note.withdraw(stamp),) if note else ()
        event = case.event(EventKind.CASE_UNDONE, stamp, showing=Showing.FOLDED)
        return Change(case, event, (*withdrawn, act.undone(stamp).without_words()))

    async def _take_back(self, case: Case, act: CaseAct, stamp: ChangeStamp) -> Change:
        await self._require_last(act, case)
        before = act.take_back(case, stamp)
        more: tuple[Document, ...] = (act.undone(stamp),)
        if case.is_open and not before.is_open:
            await self._require_nothing_new(act, case)
        if before.merged_into:  # it had been taken out of the other case
            above = await cases_above(self._store, before)
            if not above or not above[-1].is_open:
                raise Clash('Somebody was faster: this no longer applies.')
            more += tuple(case_merging.count_in(one, before.reports, before, stamp) for one in above)
        if before.is_open and not case.is_open:
            more += await self._matching.newest_when_reopened(case)
        opens = act.kind is CaseActKind.CLOSE
        return Change(before, before.event(EventKind.CASE_REOPENED if opens else EventKind.CASE_UNDONE, stamp), more)

    async def _require_nothing_new(self, act: CaseAct, case: Case) -> None:
        """Raise Clash if reports or merged cases have come since a case was opened again: they would end with it."""
        if case.reported_at > act.at:
            raise Clash('A resident reported that this is still so ({when}).', when=case.reported_at)
        merged = (await self._store.find(Case, merged_into=case.id)).documents
        if any(one.closed_at and one.closed_at > act.at for one in merged):
            raise Clash('Somebody was faster: this no longer applies.')

    @staticmethod
    def _require_own(act: CaseAct, person: Person, stamp: ChangeStamp) -> None:
        if act.by != person.id:
            raise NotAllowed('Only the person who did it can undo that.')
        if act.kind not in ALWAYS_UNDOABLE and not is_within(UNDO_WITHIN, act.at, stamp.at):
            raise Clash('It was done too long ago to undo that. Do what should be instead.')

    async def _require_last(self, act: CaseAct, case: Case) -> None:
        """Raise Overtaken if anything that the act changed has been changed since."""
        newest = (await self._store.find(CaseAct, limit=NEWEST, case_id=case.id)).documents
        done = [one for one in newest if one.is_done and one.kind not in _SILENT]
        if any(one.case_revision > act.case_revision for one in done) or not act.still_stands(case):
            raise Overtaken('Somebody was faster: this no longer applies.')
