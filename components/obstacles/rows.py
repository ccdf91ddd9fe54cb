"""Obstacles as rows: the small JSON that the diary in the browser is fed with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.obstacles import CLOSED
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator, translator
from app.services.obstacle_details import ObstacleDetails
from app.wording.feed import reply_text
from app.wording.obstacles import (
    ICONS,
    act_name,
    can,
    how_many_share,
    how_restful,
    how_wide,
    state_name,
    step_words,
    who_shares,
    who_wrote,
)
from components.feed.rows import Row, shortened
from components.theme.icons import icon

NEWEST = 3
"""Possibilities that a card shows; the entry's page has them all."""

Cover = Callable[[str], str]


def obstacle_row(standing: ObstacleDetails, reader: Person) -> Row:
    """One card of the diary. Times and days are ISO 8601; the browser words them."""
    _, entry, obstacle = translator(reader.language), standing.entry, standing.obstacle
    covered = partial(mask_for, reader=reader)
    return {
        'id': entry.id,
        'href': f'/entries/{entry.id}',
        'revision': obstacle.revision,
        'state': {
            'id': obstacle.state.value,
            'word': state_name(obstacle.state, _),
            'icon': icon(ICONS[obstacle.state], 20),
        },
        'kind': _kind(standing, _),
        'text': covered(entry.text),
        'hits': covered(entry.hits),
        'tried': covered(entry.tried),
        'at': entry.happened_at.isoformat(),
        'by': who_wrote(standing, _),
        'veiled': _('Under the team’s name') if entry.is_veiled else '',
        'place': standing.site.name if standing.site else '',
        'rests': how_restful(standing, _),
        'mine': entry.author_id == reader.id,
        'shared': obstacle.is_shared_by(reader.id),
        'sharing': _sharing(standing, _),
        'pattern': _pattern(standing, _, covered),
        'possibilities': _possibilities(standing, _, covered),
        'raised': _raised(standing, covered),
        'steps': _steps(standing, _, covered),
        'acts': [{'act': act, 'label': covered(act_name(act, obstacle, _))} for act in can(obstacle)],
    }


def _kind(standing: ObstacleDetails, _: Translator) -> Row | None:
    kind = standing.kind
    return (
        {'label': kind.label.in_(_.language), 'hint': kind.hint.in_(_.language) if kind.hint else ''} if kind else None
    )


def _sharing(standing: ObstacleDetails, _: Translator) -> Row:
    own = standing.team.organisation if standing.team else None
    return {
        'words': how_many_share(standing.sharing, _),
        'names': who_shares(standing, _),
        'organisations': [
            {'name': name, 'count': count, 'other': name != own}
            for name, count in standing.sharing.organisations.most_common()
        ],
    }


def _pattern(standing: ObstacleDetails, _: Translator, covered: Cover) -> Row | None:
    if (pattern := standing.pattern) is None:
        return None
    others = (other for other in pattern.entries if other.id != standing.entry.id)
    return {
        'words': how_wide(pattern, _),
        'teams': ', '.join(pattern.teams),
        'others': [{'href': f'/entries/{other.id}', 'text': shortened(covered(other.text))} for other in others],
    }


def _possibilities(standing: ObstacleDetails, _: Translator, covered: Cover) -> Row | None:
    """How many possibilities there are, and the newest of them."""
    possible = standing.possibilities
    if not possible:
        return None
    newest = [
        {
            'text': covered(reply_text(reply, _)),
            'by': author.name if author else _('A colleague'),
            'at': reply.at.isoformat(),
        }
        for reply, author in possible[:NEWEST]
    ]
    count = len(possible)
    return {'words': _.plural('{count} possibility', '{count} possibilities', count), 'newest': newest}


def _raised(standing: ObstacleDetails, covered: Cover) -> Row | None:
    """To whom it has been raised, and when to ask again; None where it isn't."""
    day, latest = standing.obstacle.ask_again_on, standing.obstacle.latest
    return (
        {'to': covered(latest.to) or '…', 'day': day.isoformat(), 'words': covered(latest.words)}
        if day and latest
        else None
    )


def _steps(standing: ObstacleDetails, _: Translator, covered: Cover) -> list[Row]:
    """What became of it, the newest first."""
    steps = standing.obstacle.steps
    told = [
        {
            'words': covered(step_words(step, before, _)),
            'by': person.name if (person := standing.people.get(step.by or '')) else _('A colleague'),
            'at': step.at.isoformat(),
            'text': covered(step.words) if step.state in CLOSED else '',
        }
        for step, before in zip(steps, (None, *steps), strict=False)
    ]
    return told[::-1]
