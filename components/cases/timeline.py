"""Turn the timeline of a case into the JSON that the browser shows."""

from __future__ import annotations

from app.domain.case_acts import ALWAYS_UNDOABLE
from app.domain.cases import Case
from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.case_timeline import TimelineStep
from app.services.container import Services
from app.wording.case_steps import step_sentence
from app.wording.feed import word_story
from components.cases.state_types import TimelineRow
from components.feed.row_types import PhotoLink, RowLink
from components.theme.icons import icon


async def timeline_row(
    services: Services, step: TimelineStep, case: Case, reader: Person, _: Translator
) -> TimelineRow:
    """Return a step of the timeline as this person may read it."""
    worded = word_story(step.story, _, reader) if step.story else None
    return {
        'id': step.story.event.id if step.story else step.act.id if step.act else step.at.isoformat(),
        'at': step.at.isoformat(),
        'icon': icon(worded.icon if worded else 'clock'),
        'tone': worded.tone if worded else 'calm',
        'sentence': step_sentence(step, _),
        'text': mask_for(_staff_words(step), reader) or _said(step, worded.text if worded else '', reader),
        'photo': _photo(step, _),
        'link': await _link(services, step, case, _),
        'undoes': _undoes(step),
    }


def _staff_words(step: TimelineStep) -> str:
    if step.note:
        return step.note.text
    return step.act.content.words if step.act else ''


def _said(step: TimelineStep, worded: str, reader: Person) -> str:
    """Return what a resident wrote. A report without an Event in this case stands alone."""
    alone = step.report.note if step.report and step.story is None else ''
    return worded or mask_for(alone, reader)


def _photo(step: TimelineStep, _: Translator) -> PhotoLink | None:
    story = step.story
    if story is None:
        return None
    if story.event.kind is EventKind.CASE_PHOTOGRAPHED and story.report and story.report.photo:
        return {'src': f'/photos/{story.report.photo}', 'alt': _('Photo from a resident')}
    if story.event.kind is EventKind.CASE_OUTCOME_PHOTOGRAPHED and story.case and story.case.outcome_photo:
        return {'src': f'/photos/{story.case.outcome_photo}', 'alt': _('How it is now')}
    return None


async def _link(services: Services, step: TimelineStep, case: Case, _: Translator) -> RowLink | None:
    """Return what a step leads to: the obstacle that a case waits for, or the other case that it concerns."""
    if step.act and step.act.content.obstacle_id:
        return {'href': f'/entries/{step.act.content.obstacle_id}', 'label': _('The obstacle')}
    content = step.act.content if step.act else None
    ids = (
        step.story.event.case_id if step.story else None,
        step.act.case_id if step.act else None,
        content.other_case_id if content else None,
        step.act.made_id if step.act else None,
    )
    other_id = next((id for id in ids if id and id != case.id), None)
    try:
        number = (await services.cases.get(other_id)).number if other_id else ''
    except NotFound:
        return None
    return {'href': f'/cases/{number}', 'label': _('Case {number}', number=number)} if number else None


def _undoes(step: TimelineStep) -> str:
    """Return the id of a merge or split that can be undone here, or ''."""
    act = step.act
    return act.id if act and step.story and act.is_done and act.kind in ALWAYS_UNDOABLE else ''
