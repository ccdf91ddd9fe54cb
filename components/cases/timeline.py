"""Turn the timeline of a case into the JSON that the browser shows."""

from __future__ import annotations

from app.domain.case_acts import ALWAYS_UNDOABLE
from app.domain.events import EventKind
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.case_timeline import TimelineStep
from app.services.feed import Story
from app.wording.case_steps import step_sentence
from app.wording.feed import word_story
from components.cases.state_types import TimelineRow
from components.feed.row_types import PhotoLink, RowLink
from components.theme.icons import icon


def timeline_row(step: TimelineStep, reader: Person, _: Translator) -> TimelineRow:
    """Return a step of the timeline as this person may read it."""
    worded = word_story(step.story, _, reader)
    is_late = step.too_late is not None
    return {
        'id': step.id,
        'at': step.at.isoformat(),
        'icon': icon('clock' if is_late else worded.icon),
        'tone': 'calm' if is_late else worded.tone,
        'sentence': step_sentence(step, _),
        'text': mask_for(step.words, reader) or ('' if is_late else worded.text),
        'photo': None if is_late else _photo(step.story, _),
        'link': _link(step, _),
        'undoes': _undoes(step),
    }


def _photo(story: Story, _: Translator) -> PhotoLink | None:
    if story.event.kind is EventKind.CASE_PHOTOGRAPHED and story.report and story.report.photo:
        return {'src': f'/photos/{story.report.photo}', 'alt': _('Photo from a resident')}
    if story.event.kind is EventKind.CASE_OUTCOME_PHOTOGRAPHED and story.case and story.case.outcome_photo:
        return {'src': f'/photos/{story.case.outcome_photo}', 'alt': _('How it is now')}
    return None


def _link(step: TimelineStep, _: Translator) -> RowLink | None:
    """Return what a step leads to: the obstacle that a case waits for, or the other case."""
    act = step.story.act
    if step.too_late is None and act and act.content.obstacle_id:
        return {'href': f'/entries/{act.content.obstacle_id}', 'label': _('The obstacle')}
    if step.other is None:
        return None
    return {'href': f'/cases/{step.other.number}', 'label': _('Case {number}', number=step.other.number)}


def _undoes(step: TimelineStep) -> str:
    """Return the id of a merge or split that can be undone here, or ''."""
    act = step.story.act
    return act.id if act and act.is_done and act.kind in ALWAYS_UNDOABLE and step.too_late is None else ''
