"""Follow merged cases: where reports count, and which reports count in a case."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.case_acts import CaseAct
from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.reports import Report
from app.store.protocol import Store

MOST_SIMILAR = 5
"""Similar cases that are suggested."""


async def cases_above(store: Store, case: Case) -> list[Case]:
    """Return the cases in which the reports of a merged case count as well, the nearest first."""
    above: list[Case] = []
    known = {case.id}
    while (next_id := (above[-1] if above else case).merged_into) and next_id not in known:
        found = await store.get(Case, next_id)
        if found is None:
            break
        known.add(found.id)
        above.append(found)
    return above


async def counting_case(store: Store, case: Case) -> Case:
    """Return the case in which the reports of this one count in the end: itself, unless it was merged."""
    return (await cases_above(store, case))[-1] if case.merged_into else case


async def cases_below(store: Store, case: Case) -> list[Case]:
    """Return the case and all that were merged into it, directly or through others."""
    found = {case.id: case}
    waiting = [case]
    while waiting:
        merged = (await store.find(Case, merged_into=waiting.pop().id)).documents
        new = [one for one in merged if one.id not in found]
        found |= {one.id: one for one in new}
        waiting += new
    return list(found.values())


async def reports_in(store: Store, case: Case) -> tuple[Report, ...]:
    """Return all reports that count in a case, also those of merged cases, the newest first.

    Those that were taken back are left out.
    """
    found: dict[str, Report] = {}
    for one in await cases_below(store, case):
        own = (await store.find(Report, case_id=one.id)).documents
        found |= {report.id: report for report in own if report.counted_in in ('', one.id)}
        if one.split_from:
            found |= {report.id: report for report in await _split_into(store, one)}
    standing = [report for report in found.values() if report.withdrawn_at is None]
    return tuple(sorted(standing, key=lambda report: report.at, reverse=True))


async def similar_cases(store: Store, case: Case, limit: int = MOST_SIMILAR) -> tuple[Case, ...]:
    """Return open cases of the same place that may be about the same: of the same thing or problem first."""
    still_open = (await store.find(Case, site_id=case.site_id, state=OPEN)).documents
    others = [other for other in still_open if other.id != case.id]
    return tuple(sorted(others, key=lambda other: _unlike(case, other))[:limit])


def with_reminders(chosen: Iterable[Report], reports: Iterable[Report]) -> list[Report]:
    """Return the chosen reports, and those of the same people that follow on them."""
    found = {report.id: report for report in chosen}
    for report in sorted(reports, key=lambda report: report.at):
        if report.earlier in found:
            found[report.id] = report
    return list(found.values())


async def _split_into(store: Store, case: Case) -> list[Report]:
    acts = (await store.find(CaseAct, made_id=case.id)).documents
    moved = [await store.get(Report, id) for act in acts for id in act.moved_ids]
    return [report for report in moved if report and report.counted_in == case.id]


def _unlike(case: Case, other: Case) -> tuple[bool, bool, float]:
    return case.asset_id != other.asset_id, case.problem != other.problem, -other.reported_at.timestamp()
