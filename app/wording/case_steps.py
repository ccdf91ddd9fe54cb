"""Word the steps of one case's timeline. What it is about stands above it, so the steps don't repeat that."""

from __future__ import annotations

from app.domain.events import EventKind
from app.i18n import Translator, msgid
from app.services.case_timeline import TimelineStep
from app.services.feed import Story
from app.wording.public import names, was_full

_STEPS = {
    EventKind.CASE_REPORTED: msgid('Reported for the first time'),
    EventKind.CASE_CONFIRMED: msgid('Confirmed by a second report'),
    EventKind.CASE_REPORTED_AGAIN: msgid('Reported again, {count} reports now'),
    EventKind.CASE_SAID_FINE: msgid('A resident says that it is fine now'),
    EventKind.CASE_CLEARED: msgid('Closed, as residents say that it is fine now'),
    EventKind.CASE_NOTED: msgid('A resident wrote'),
    EventKind.CASE_PHOTOGRAPHED: msgid('A resident sent a photo'),
    EventKind.CASE_STILL_SO: msgid('Open again, as a resident reports that it is still so'),
    EventKind.CASE_STALE: msgid('Closed, as there were no new reports'),
    EventKind.CASE_WITHDRAWN: msgid('Closed, as it was removed'),
    EventKind.CASE_ACKNOWLEDGED: msgid('{name} took it on'),
    EventKind.CASE_ASSIGNED: msgid('{name} asked {person} to take care of it'),
    EventKind.CASE_HANDED_OVER: msgid('{name} handed it over to {team}'),
    EventKind.CASE_DECLINED: msgid('{name} handed it back'),
    EventKind.CASE_UNASSIGNED: msgid('Back with the team, as whoever had it has left'),
    EventKind.CASE_PROMISED: msgid('{name} promised {day}'),
    EventKind.CASE_PAUSED_FOR_PART: msgid('{name} paused it, waiting for a part'),
    EventKind.CASE_PAUSED_FOR_OTHERS: msgid('{name} paused it, waiting for somebody else'),
    EventKind.CASE_PAUSED_FOR_OBSTACLE: msgid('{name} paused it because of an obstacle'),
    EventKind.CASE_RESUMED: msgid('{name} went on with it'),
    EventKind.CASE_WOKEN: msgid('Not paused any more, as the obstacle is gone'),
    EventKind.CASE_RESOLVED: msgid('{name} closed it as fixed'),
    EventKind.CASE_NOTHING_FOUND: msgid('{name} found nothing wrong'),
    EventKind.CASE_NOT_OURS: msgid('{name} closed it: it isn’t ours'),
    EventKind.CASE_CANNOT: msgid('{name} closed it: it can’t be done'),
    EventKind.CASE_DUPLICATE: msgid('{name} let it count in another case'),
    EventKind.CASE_OUTCOME_PHOTOGRAPHED: msgid('{name} showed how it is now'),
    EventKind.CASE_REOPENED: msgid('{name} opened it again'),
    EventKind.CASE_UNMERGED: msgid('{name} took the cases apart again'),
    EventKind.CASE_SPLIT: msgid('{name} made a case of its own of some reports'),
    EventKind.CASE_UNSPLIT: msgid('{name} put the two cases together again'),
    EventKind.CASE_STAFF_NOTED: msgid('{name} wrote a note'),
    EventKind.CASE_UNDONE: msgid('{name} undid a step'),
}

_EMPTIED = msgid('{name} closed it as emptied')
_TAKEN = msgid('{name} took it')


_TOO_LATE = msgid('{name} was too late')


def step_sentence(step: TimelineStep, _: Translator) -> str:
    """Return what happened, without what the case is about."""
    if step.story is None:
        return _('A resident reported it') if step.act is None else _(_TOO_LATE, name=_name(step, _))
    named = {'name': _name(step, _)} if step.story.event.by else {}
    return _(_message(step.story), **names(step.story, _) | named)


def _name(step: TimelineStep, _: Translator) -> str:
    return step.by.name if step.by else _('A colleague')


def _message(story: Story) -> str:
    kind = story.event.kind
    if kind is EventKind.CASE_RESOLVED and was_full(story.problem):
        return _EMPTIED
    if kind is EventKind.CASE_ASSIGNED and story.actor == story.person:
        return _TAKEN
    return _STEPS.get(kind, _OTHER)


_OTHER = msgid('Something else happened')
