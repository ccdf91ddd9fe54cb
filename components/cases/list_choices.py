"""What the forms for several cases at once offer. They are those of one case, without what belongs to one case only."""

from __future__ import annotations

from typing import Any, TypedDict

from app.domain.case_outcomes import Outcome
from app.domain.local_dates import day_of
from app.domain.people import Person
from app.i18n import Translator
from app.services.container import Services
from app.wording.cases import outcome_name
from components.cases.choices import colleague_choices, team_choices
from components.cases.labels import labels
from components.cases.state import promise_days
from components.cases.state_types import Choice

SEVERAL = 'several'


class SeveralChoices(TypedDict):
    """The colleagues, teams, days and outcomes to choose from."""

    id: str
    people: list[Choice]
    teams: list[Choice]
    days: list[Choice]
    outcomes: list[Choice]


async def several_choices(services: Services, reader: Person, _: Translator) -> SeveralChoices:
    """Return what can be chosen for several cases."""
    outcomes = [outcome for outcome in Outcome if outcome is not Outcome.DUPLICATE]
    return {
        'id': SEVERAL,
        'people': await colleague_choices(services, reader, _),
        'teams': await team_choices(services, _),
        'days': promise_days(day_of(services.now()), _),
        'outcomes': [{'id': outcome.value, 'label': outcome_name(outcome, None, _)} for outcome in outcomes],
    }


def several_labels(_: Translator) -> dict[str, Any]:
    """Return the texts of the forms."""
    return labels(_) | {
        'close': _('Close the cases'),
        'closeButton': _('Close the cases'),
        'residentsMaySee': _('Residents may see the words'),
        'chooseSomebody': _('Choose a colleague or a team.'),
        'chooseDay': _('Choose a day.'),
        'chooseOutcome': _('Choose how it ended.'),
        'writeWhy': _('Write a few words first.'),
    }
