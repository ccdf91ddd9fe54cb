"""Turn obstacles into rows: the small JSON that the browser shows as cards of the diary."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.obstacles import CLOSED, Obstacle, ObstacleState
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator, translator
from app.services.obstacle_details import ObstacleDetails
from app.wording.feed import reply_text
from app.wording.obstacles import (
    ICONS,
    act_name,
    how_many_share,
    pattern_words,
    possible_acts,
    resting_reason,
    state_name,
    step_words,
    who_shares,
    who_wrote,
)
from components.feed.rows import shortened
from components.obstacles.row_types import (
    ActButton,
    KindLabel,
    ObstacleRow,
    PatternSummary,
    PossibilityRow,
    PossibilitySummary,
    RaisedSummary,
    SharingSummary,
    StateLabel,
    StepRow,
)
from components.theme.icons import icon

NEWEST = 3
"""Possibilities on a card. The page of the entry has all of them."""

Mask = Callable[[str], str]


def obstacle_row(details: ObstacleDetails, reader: Person) -> ObstacleRow:
    """Return one card of the diary as this person may read it."""
    _, entry, obstacle = translator(reader.language), details.entry, details.obstacle
    mask = partial(mask_for, reader=reader)
    return {
        'id': entry.id,
        'href': f'/entries/{entry.id}',
        'revision': obstacle.revision,
        'state': _state(details, _),
        'kind': _kind(details, _),
        'text': mask(entry.text),
        'hits': mask(entry.hits),
        'tried': mask(entry.tried),
        'at': entry.happened_at.isoformat(),
        'by': who_wrote(details, _),
        'veiled': _('Under the team’s name') if entry.is_under_team_name else '',
        'place': details.site.name if details.site else '',
        'rests': resting_reason(details, _),
        'mine': entry.author_id == reader.id,
        'shared': obstacle.is_shared_by(reader.id),
        'sharing': _sharing(details, _),
        'pattern': _pattern(details, _, mask),
        'possibilities': _possibilities(details, _, mask),
        'raised': _raised(details, mask),
        'steps': _steps(details, _, mask),
        'acts': _acts(obstacle, _, mask),
    }


def _acts(obstacle: Obstacle, _: Translator, mask: Mask) -> list[ActButton]:
    """Return the buttons. That it has been explored keeps its place, or another one would slide under the finger."""
    spent = ('explore',) if obstacle.state is ObstacleState.EXPLORED else ()
    acts = (*spent, *possible_acts(obstacle))
    return [{'act': act, 'label': mask(act_name(act, obstacle, _)), 'spent': act in spent} for act in acts]


def _state(details: ObstacleDetails, _: Translator) -> StateLabel:
    state = details.obstacle.state
    return {'id': state.value, 'word': state_name(state, _), 'icon': icon(ICONS[state], 20)}


def _kind(details: ObstacleDetails, _: Translator) -> KindLabel | None:
    kind = details.kind
    if kind is None:
        return None
    return {'label': kind.label.in_(_.language), 'hint': kind.hint.in_(_.language) if kind.hint else ''}


def _sharing(details: ObstacleDetails, _: Translator) -> SharingSummary:
    own = details.team.organisation if details.team else None
    return {
        'words': how_many_share(details.sharing, _),
        'names': who_shares(details, _),
        'organisations': [
            {'name': name, 'count': count, 'other': name != own}
            for name, count in details.sharing.organisations.most_common()
        ],
    }


def _pattern(details: ObstacleDetails, _: Translator, mask: Mask) -> PatternSummary | None:
    if (pattern := details.pattern) is None:
        return None
    others = (other for other in pattern.entries if other.id != details.entry.id)
    return {
        'words': pattern_words(pattern, _),
        'teams': ', '.join(sorted(pattern.teams, key=_.order)),
        'others': [{'href': f'/entries/{other.id}', 'text': shortened(mask(other.text))} for other in others],
    }


def _possibilities(details: ObstacleDetails, _: Translator, mask: Mask) -> PossibilitySummary | None:
    possible = details.possibilities
    if not possible:
        return None
    newest: list[PossibilityRow] = [
        {
            'text': mask(reply_text(reply, _)),
            'by': author.name if author else _('A colleague'),
            'at': reply.at.isoformat(),
        }
        for reply, author in possible[:NEWEST]
    ]
    count = len(possible)
    return {'words': _.plural('{count} possibility', '{count} possibilities', count), 'newest': newest}


def _raised(details: ObstacleDetails, mask: Mask) -> RaisedSummary | None:
    day, latest = details.obstacle.ask_again_on, details.obstacle.latest
    if day is None or latest is None:
        return None
    return {'to': mask(latest.to) or '…', 'day': day.isoformat(), 'words': mask(latest.words)}


def _steps(details: ObstacleDetails, _: Translator, mask: Mask) -> list[StepRow]:
    """Return the steps, the newest first."""
    steps = details.obstacle.steps
    rows: list[StepRow] = [
        {
            'words': mask(step_words(step, before, _)),
            'by': person.name if (person := details.people.get(step.by or '')) else _('A colleague'),
            'at': step.at.isoformat(),
            'text': mask(step.words) if step.state in CLOSED else '',
        }
        for step, before in zip(steps, (None, *steps), strict=False)
    ]
    return rows[::-1]
