"""Open closed cases again."""

from __future__ import annotations

from app.domain import case_closing
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.errors import Overtaken
from app.services.case_act_recorder import Change
from app.services.case_history import state_before_resolved
from app.services.case_joining import CaseJoining
from app.services.case_matching import CaseMatching
from app.services.context import Context


class CaseReopening:
    """Decide how a closed case is opened again."""

    def __init__(self, context: Context, matching: CaseMatching, joining: CaseJoining) -> None:
        self._store = context.store
        self._matching = matching
        self._joining = joining

    async def reopen(self, case: Case, stamp: ChangeStamp) -> Change:
        """Open a case in the state that it had before. A merged one counts by itself again."""
        if case.is_open:
            raise Overtaken('Somebody was faster: this case is open.')
        if case.merged_into:
            return await self._joining.unmerge(case, stamp)
        newest = await self._matching.newest_when_reopened(case)
        opened, event = case_closing.reopen(case, await self._before(case), stamp)
        return Change(opened, event, newest)

    async def _before(self, case: Case) -> CaseState:
        return case.closed_from or await state_before_resolved(self._store, case)
