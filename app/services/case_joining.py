"""Merge cases that are one, and split cases that are two. Both can be undone at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from app.domain import case_merging
from app.domain.case_acts import CaseAct
from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.errors import Clash, Invalid, Overtaken
from app.domain.events import EventKind
from app.domain.reports import Report
from app.services.case_act_recorder import Change
from app.services.case_matching import CaseMatching
from app.services.case_merges import cases_above, counting_case, reports_in, with_reminders
from app.services.context import Context


class CaseJoining:
    """Decide in which case reports count."""

    def __init__(self, context: Context, matching: CaseMatching) -> None:
        self._context = context
        self._store = context.store
        self._matching = matching

    async def merge(self, case: Case, into_id: str, stamp: ChangeStamp) -> Change:
        """Close a case as a duplicate of another one, or of the one that this is a duplicate of."""
        case.require_open()
        chosen = await self._store.get(Case, into_id) if into_id else None
        if chosen is None:
            raise Invalid('into_id', 'Choose the case that it is a duplicate of.')
        target = await counting_case(self._store, chosen)
        if target.id == case.id != chosen.id:
            raise Invalid('into_id', 'That case is a duplicate of this one already.')
        if not target.is_open:
            raise Invalid('into_id', 'That case is closed. Choose an open one, or open it again first.')
        merged, target, event = case_merging.merge(case, target, stamp)
        return Change(merged, event, (target,))

    async def unmerge(self, case: Case, stamp: ChangeStamp) -> Change:
        """Let the reports of a merged case count in itself alone again."""
        await self._matching.require_asset(case)
        above = await cases_above(self._store, case)
        opened, event = case_merging.unmerge(case, stamp)
        return Change(opened, event, tuple(case_merging.count_out(one, case.reports, stamp) for one in above))

    async def split(self, case: Case, report_ids: Collection[str], stamp: ChangeStamp) -> Change:
        """Make a case of its own of some reports, and of those by which the same people have reminded of them."""
        case.require_open()
        counting = await reports_in(self._store, case)
        named = {name: report for report in counting for name in (report.mark, report.id) if name}
        if not report_ids or not named.keys() >= set(report_ids):
            raise Invalid('report_ids', 'Choose among the reports that count in this case.')
        chosen = with_reminders([named[id] for id in report_ids], counting)
        numbers, number = await self._matching.next_number(stamp)
        new, moved, event = case_merging.split(case, chosen, self._context.new_id(), number, stamp)
        remaining, *others = await self._counted_out(case, chosen, stamp)
        return Change(remaining, event, (new, numbers, *moved, *others), lambda act: act.splitting(new.id, moved))

    async def unsplit(self, case: Case, act: CaseAct, stamp: ChangeStamp) -> Change:
        """Let the reports of a case that was split off count where they did before."""
        new = await self._store.get(Case, act.made_id or '')
        old = await self._store.get(Case, act.case_id)
        if new is None or old is None or not new.is_open:
            raise Overtaken('Somebody was faster: this no longer applies.')
        counting = await counting_case(self._store, old)
        if counting.id == new.id:
            raise Clash('That case is a duplicate of this one already.')
        if not counting.is_open:
            raise Clash('That case is closed. Choose an open one, or open it again first.')
        merged, old, event = case_merging.merge(new, old, stamp, EventKind.CASE_UNSPLIT)
        above = [case_merging.count_in(one, new.reports, new, stamp) for one in await cases_above(self._store, old)]
        return Change(merged, event, (old, *above, act.undone(stamp))).seen_from(case.id)

    async def _counted_out(self, case: Case, reports: Collection[Report], stamp: ChangeStamp) -> list[Case]:
        """Return the case without these reports, and the merged cases in which some of them counted."""
        counts = Counter(report.counted_in or report.case_id for report in reports if report.counts)
        less: Counter[str] = Counter()
        found = {case.id: case}
        for home_id, count in counts.items():
            home = found.get(home_id) or await self._store.get(Case, home_id)
            for one in [home, *await cases_above(self._store, home)] if home else []:
                found.setdefault(one.id, one)
                less[one.id] += count
        return [case_merging.count_out(one, less[one.id], stamp) for one in found.values()]
