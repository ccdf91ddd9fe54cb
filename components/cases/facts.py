"""Gather the names that the sentence about a case needs."""

from __future__ import annotations

from app.domain.cases import Case
from app.domain.entry_visibility import Reader
from app.domain.errors import NotFound
from app.services.container import Services
from app.wording.cases import CaseFacts
from components.feed.rows import shortened


async def case_facts(services: Services, case: Case, reader: Reader) -> CaseFacts:
    """Return a case with the names that its sentence needs. An obstacle is named only to those who may read it."""
    return CaseFacts(
        case=case,
        problem=services.catalogue.problem(case.problem),
        now=services.now(),
        taken_by=await _taken_by(services, case),
        closed_by=await _name(services, case.closed_by),
        counts_in=await _counts_in(services, case),
        obstacle=await _obstacle(services, case, reader),
    )


async def _taken_by(services: Services, case: Case) -> str:
    """Return who takes care of the case: the person who was asked, else the team, else whoever has seen it."""
    if case.assignee_id:
        return await _name(services, case.assignee_id)
    team = await services.people.team(case.team_id)
    return team.name if team else await _name(services, case.acknowledged_by)


async def _name(services: Services, person_id: str | None) -> str:
    person = await services.people.find(person_id) if person_id else None
    return person.name if person else ''


async def _counts_in(services: Services, case: Case) -> str:
    return (await services.cases.get(case.merged_into)).number if case.merged_into else ''


async def _obstacle(services: Services, case: Case, reader: Reader) -> str:
    entry_id = case.pause.obstacle_id if case.pause else None
    if not entry_id:
        return ''
    try:
        return shortened((await services.entries.get(reader, entry_id)).text)
    except NotFound:
        return ''
