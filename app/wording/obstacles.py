"""Word obstacles: their states, who shares them, and their steps."""

from __future__ import annotations

from app.domain.obstacle_step_authors import repeats_question
from app.domain.obstacles import Obstacle, ObstacleState, Step
from app.domain.people import Person
from app.i18n import Translator
from app.services.obstacle_details import ObstacleDetails, Pattern, Sharing
from app.services.obstacle_diary import DiaryView

ICONS = {
    ObstacleState.NOTICED: 'eye',
    ObstacleState.EXPLORED: 'observation',
    ObstacleState.RAISED: 'raise',
    ObstacleState.REMOVED: 'fine',
    ObstacleState.WORKED_AROUND: 'around',
}


def state_name(state: ObstacleState, _: Translator) -> str:
    """Return the name of a state."""
    return {
        ObstacleState.NOTICED: _('Noticed'),
        ObstacleState.EXPLORED: _('Explored'),
        ObstacleState.RAISED: _('Raised'),
        ObstacleState.REMOVED: _('Removed'),
        ObstacleState.WORKED_AROUND: _('Worked around'),
    }[state]


def view_name(view: DiaryView, _: Translator) -> str:
    """Return the name of a view of the diary."""
    return {
        DiaryView.OPEN: _('In the way'),
        DiaryView.MINE: _('Mine'),
        DiaryView.RAISED: _('Raised obstacles'),
        DiaryView.RESTING: _('Resting'),
        DiaryView.CLOSED: _('Cleared'),
    }[view]


def emptiness(view: DiaryView, _: Translator) -> str:
    """Return the text of an empty view. It says what will appear there."""
    return {
        DiaryView.OPEN: _(
            'Nothing stands in the way here. What you and your colleagues run into will appear by itself.'
        ),
        DiaryView.MINE: _('What you log, or share with “Me too”, will be gathered here.'),
        DiaryView.RAISED: _('What has been raised to somebody who can act waits here until it is time to ask again.'),
        DiaryView.RESTING: _('Nothing rests. An obstacle that nobody has touched for a while will be brought up here.'),
        DiaryView.CLOSED: _('What has been removed or worked around will be here, with how it was done.'),
    }[view]


def resting_words(count: int, _: Translator) -> str:
    """Return the sentence that some obstacles rest, or '' if none do."""
    if not count:
        return ''
    return _.plural(
        'Nobody has touched {count} obstacle for a while.', 'Nobody has touched {count} obstacles for a while.', count
    )


def who_wrote(details: ObstacleDetails, _: Translator) -> str:
    """Return the author and the team of an obstacle, or only the team if it was logged under its name."""
    names = (details.author.name if details.author else '', details.team.name if details.team else '')
    return ' · '.join(filter(None, names)) or _('A colleague')


def how_many_share(sharing: Sharing, _: Translator) -> str:
    """Return how many share an obstacle, such as "5 share it, from 3 organisations", or '' if nobody does."""
    if not sharing.total:
        return ''
    count = _.plural('{count} shares it', '{count} share it', sharing.total)
    organisations = len(sharing.organisations)
    if organisations < 2:
        return count
    return _('{count}, from {organisations} organisations', count=count, organisations=organisations)


def who_shares(details: ObstacleDetails, _: Translator) -> str:
    """Return the names of those who share an obstacle, and how many others share it whose names are not shown."""
    sharing, names = details.sharing, [person.name for person in details.sharing.people]
    if sharing.unnamed and details.team:
        names.append(_('{count} from {team}', count=sharing.unnamed, team=details.team.name))
    return ', '.join(names)


def pattern_words(pattern: Pattern, _: Translator) -> str:
    """Return how far a pattern reaches, such as "The same in 4 teams"."""
    if len(pattern.teams) > 1:
        return _.plural('The same in {count} team', 'The same in {count} teams', len(pattern.teams))
    return _.plural('{count} like this', '{count} like this', len(pattern.entries))


def resting_reason(details: ObstacleDetails, _: Translator) -> str:
    """Return why an obstacle needs attention again, or '' if it does not rest."""
    if not details.rests:
        return ''
    is_raised = details.obstacle.state is ObstacleState.RAISED
    return _('Time to ask again.') if is_raised else _('Nobody has touched this for a while.')


def step_words(step: Step, before: Step | None, _: Translator) -> str:
    """Return what a step did. `before` is the step before it, or None."""
    if step.state is ObstacleState.RAISED:
        if not step.to:  # the person who raised it has left, and their words were erased
            return _('Asked again') if repeats_question(step, before) else _('Raised')
        return _('Asked {to} again', to=step.to) if repeats_question(step, before) else _('Raised to {to}', to=step.to)
    if before is not None and before.state in (ObstacleState.REMOVED, ObstacleState.WORKED_AROUND):
        return _('It came back')
    return state_name(step.state, _)


def message_text(details: ObstacleDetails, sender: Person, _: Translator) -> str:
    """Return a text to send to somebody who can act: the obstacle, what was tried, and how many share it."""
    entry, sharing = details.entry, details.sharing
    others = sharing.total - details.obstacle.is_shared_by(sender.id)
    paragraphs = [_('Hello! This stands in our way, and we can not remove it ourselves:'), entry.text]
    if entry.hits:
        paragraphs.append(_('It hits: {whom}', whom=entry.hits))
    if entry.tried:
        paragraphs.append(_('What we have tried: {what}', what=entry.tried))
    organisations = {*sharing.organisations, *((details.team.organisation,) if details.team else ())}
    if others:
        count = _.plural('{count} colleague besides us has met it', '{count} colleagues besides us have met it', others)
        names = ', '.join(sorted(organisations, key=_.order))
        paragraphs.append(_('{count}. It is known in: {organisations}.', count=count, organisations=names))
    if details.pattern and len(details.pattern.teams) > 1:
        teams = ', '.join(sorted(details.pattern.teams, key=_.order))
        paragraphs.append(f'{pattern_words(details.pattern, _)}: {teams}.')
    paragraphs.append(_('Can you help us remove it, or tell us who can?'))
    return '\n\n'.join(paragraphs)


def possible_acts(obstacle: Obstacle) -> tuple[str, ...]:
    """Return the actions that are possible now, the likeliest first."""
    state = obstacle.state
    if obstacle.is_closed:
        return ('come_back', 'put_back', 'link')
    first = {ObstacleState.NOTICED: ('explore', 'raise'), ObstacleState.RAISED: ('ask_again', 'raise')}
    undo = ('put_back',) if obstacle.steps else ()
    return (*first.get(state, ('raise',)), 'remove', 'work_around', 'link', *undo)


def _latest(obstacle: Obstacle, _: Translator) -> str:
    if not obstacle.steps:
        return state_name(obstacle.state, _)
    before = obstacle.steps[-2] if len(obstacle.steps) > 1 else None
    return step_words(obstacle.steps[-1], before, _)


def act_name(act: str, obstacle: Obstacle, _: Translator) -> str:
    """Return the label of the button for an action."""
    return {
        'explore': _('We have explored it'),
        'remove': _('It is gone'),
        'work_around': _('We have a way around it'),
        'raise': _('Raise to somebody else') if obstacle.state is ObstacleState.RAISED else _('Raise'),
        'ask_again': _('Ask again'),
        'come_back': _('It is back'),
        'put_back': _('Undo: {step}', step=_latest(obstacle, _)),
        'link': _('The same as …'),
        'unlink': _('Not the same'),
    }[act]
