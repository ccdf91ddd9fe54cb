"""Offer the people, teams, obstacles and reasons that the forms of a case choose from."""

from __future__ import annotations

from app.domain.case_pauses import PauseReason
from app.domain.entry_visibility import Reader
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.container import Services
from app.services.obstacle_diary import DiaryQuery
from app.wording.cases import pause_reason_name
from components.cases.state_types import Choice, Choices
from components.feed.rows import shortened

MOST_OBSTACLES = 30
"""Open obstacles that can be chosen, the newest first."""


async def form_choices(services: Services, reader: Reader, _: Translator) -> Choices:
    """Return what the forms offer this reader."""
    return {
        'people': await colleague_choices(services, reader.person, _),
        'teams': await team_choices(services, _),
        'obstacles': await obstacle_choices(services, reader),
        'reasons': [{'id': reason.value, 'label': _sentence(pause_reason_name(reason, _))} for reason in PauseReason],
        'names': list(await services.notifications.mentionable_names(reader.person)),
    }


async def obstacle_choices(services: Services, reader: Reader) -> list[Choice]:
    """Return the open obstacles that this reader may read."""
    page = await services.obstacle_diary.page(reader, DiaryQuery(), {}, MOST_OBSTACLES)
    entries = [details.entry for details in page.obstacles]
    return [{'id': entry.id, 'label': shortened(mask_for(entry.text, reader.person))} for entry in entries]


async def team_choices(services: Services, _: Translator) -> list[Choice]:
    """Return the teams."""
    return [{'id': team.id, 'label': team.name} for team in await services.people.teams(_.language)]


async def colleague_choices(services: Services, reader: Person, _: Translator) -> list[Choice]:
    """Return the active colleagues: those of the reader's team first, and the reader before all."""
    active = [person for person in await services.people.all(_.language) if person.active]
    active.sort(key=lambda person: (person.id != reader.id, person.team_id != reader.team_id))
    return [{'id': person.id, 'label': _label(person, reader, _)} for person in active]


def _label(person: Person, reader: Person, _: Translator) -> str:
    return _('{name} (you)', name=person.name) if person.id == reader.id else person.name


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
