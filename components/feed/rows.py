"""Turn stories and cases into rows: the small JSON that the browser shows in the feed and the list of cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from app.domain.case_states import UNSEEN
from app.domain.cases import Case
from app.domain.events import EventKind
from app.domain.people import Person, Role
from app.domain.personal_numbers import mask_for
from app.i18n import Translator, translator
from app.services.feed import Story
from app.services.thread_summaries import ThreadSummary
from app.wording.feed import needs_decision, reply_text, word_story
from app.wording.public import case_state, resolve_label
from components.feed.row_types import CaseAction, CaseNote, CaseRow, CaseSummary, EntrySummary, FeedRow, PhotoLink
from components.theme.icons import icon
from components.ui.photo_thumbnail import address_of

ABOUT_NOW = timedelta(minutes=15)
"""A row shows when an entry happened only if that is further than this from when it was logged."""

SHORT = 140
"""Characters of a text in a row."""

NOTE = 500
"""Characters of a resident's note on the card of a case. The page of the sticker has the whole note."""


@dataclass(frozen=True)
class News:
    """A Story on its way to the screens. It is worded only once for each language and level of access."""

    story: Story
    _rows: dict[tuple[str, bool], FeedRow] = field(default_factory=dict, compare=False)
    _cases: dict[tuple[str, bool], CaseRow] = field(default_factory=dict, compare=False)

    def row(self, reader: Person) -> FeedRow:
        """Return the Story as a row of this reader's feed."""
        kind = reader.language, reader.role.covers(Role.LEAD)
        if kind not in self._rows:
            self._rows[kind] = story_row(self.story, reader)
        return self._rows[kind]

    def case(self, reader: Person) -> CaseRow:
        """Return the case that the Story is about, for this reader's list. The Story must have one."""
        kind = reader.language, reader.role.covers(Role.LEAD)
        if kind not in self._cases:
            self._cases[kind] = case_row(self.story, translator(reader.language), reader)
        return self._cases[kind]


def story_row(story: Story, reader: Person) -> FeedRow:
    """Return a Story as a row of the feed. The browser words how long ago it was."""
    _, is_lead = translator(reader.language), reader.role.covers(Role.LEAD)
    worded, photos = word_story(story, _, reader), _shown_photos(story, _)
    return {
        'id': story.case.id if story.case else story.event.id,
        'at': story.event.at.isoformat(),
        'happened': _happened(story),
        'sentence': worded.sentence,
        'text': worded.text,
        'icon': icon(worded.icon),
        'tone': worded.tone,
        'href': _address(story),
        'where': story.site.name if story.site else '',
        'team': story.team.name if story.team else '',
        'tags': _tags(story, _, reader),
        'photos': photos,
        'shows': _.plural('{count} photo', '{count} photos', len(photos)) if photos else '',
        'case': _case(story, _),
        'reply': story.event.reply_id,
        'logged': story.event.kind is EventKind.ENTRY_LOGGED,
        'entry': _entry(story, _, reader),
        'link': {'href': '/held', 'label': _('Look at them')} if needs_decision(story) and is_lead else None,
    }


def case_row(story: Story, _: Translator, reader: Person) -> CaseRow:
    """Return the case that a Story is about. The Story must have a case and a problem."""
    case, problem, asset = story.case, story.problem, story.asset
    assert case is not None
    assert problem is not None
    return {
        'id': case.id,
        'number': case.number,
        'thing': asset.name if asset else '',
        'place': story.site.name if story.site else '',
        'code': asset.code if asset else '',
        'problem': problem.state.in_(_.language),
        'tone': problem.tone.value,
        'icon': icon(problem.tone.value),
        'state': case_state(case.state, problem, _),
        'reports': _.plural('{count} report', '{count} reports', case.reports),
        'fine': _said_fine(case, _),
        'since': case.opened_at.isoformat(),
        'open': case.is_open,
        'photos': _photos(story, _),
        'notes': _notes(story, reader),
        'actions': _actions(story, case, _),
    }


def _case(story: Story, _: Translator) -> CaseSummary | None:
    """Return the case that a Story is about, if any."""
    case, problem = story.case, story.problem
    if case is None or problem is None:
        return None
    return {
        'id': case.id,
        'number': case.number,
        'state': case_state(case.state, problem, _),
        'reports': _.plural('{count} report', '{count} reports', case.reports),
        'earlier': _earlier(story.earlier, _),
        'fine': _said_fine(case, _) if case.is_open else '',
    }


def _earlier(steps: int | None, _: Translator) -> str | None:
    if not steps:
        return None if steps is None else ''
    return _.plural('{count} earlier step', '{count} earlier steps', steps)


def _shown_photos(story: Story, _: Translator) -> list[PhotoLink]:
    """Return the photos of a row: those of a new entry, or the current one of the report that the Event is about."""
    entry, event = story.entry, story.event
    if entry and not event.reply_id and not entry.is_withdrawn:
        labelled = ((address_of(entry, photo), _('Photo {number}', number=photo.place)) for photo in entry.photos)
        return [{'src': address, 'alt': label} for address, label in labelled]
    name = story.report.photo if story.report and event.kind is EventKind.CASE_PHOTOGRAPHED else None
    return [{'src': f'/photos/{name}', 'alt': _named(_('Photo'), story, _)}] if name else []


def _entry(story: Story, _: Translator, reader: Person) -> EntrySummary | None:
    """Return the entry that a Story is about, if any."""
    entry = story.entry
    if entry is None:
        return None
    return {
        'id': entry.id,
        'said': thread_words(story.thread, _),
        'newest': _newest(story, _, reader),
        'about': '' if entry.is_withdrawn else shortened(mask_for(entry.text, reader)),
        'withdrawn': entry.is_withdrawn,
    }


def thread_words(thread: ThreadSummary, _: Translator) -> str:
    """Return the counts of answers and thanks in words."""
    counts = (
        _.plural('{count} answer', '{count} answers', thread.answers) if thread.answers else '',
        _.plural('{count} thanks', '{count} thanks', thread.thanks) if thread.thanks else '',
    )
    return ' · '.join(filter(None, counts))


def _newest(story: Story, _: Translator, reader: Person) -> str:
    """Return the newest answer and who gave it, in one line."""
    reply, by = story.thread.newest, story.thread.newest_by
    if reply is None:
        return ''
    name, text = by.name if by else _('A colleague'), reply_text(reply, _)
    return f'{name}: {shortened(mask_for(text, reader))}'


def _photos(story: Story, _: Translator) -> list[PhotoLink]:
    labelled = ((name, _('Photo {number}', number=number)) for number, name in enumerate(story.photos, 1))
    return [{'src': f'/photos/{name}', 'alt': _named(label, story, _)} for name, label in labelled]


def _notes(story: Story, reader: Person) -> list[CaseNote] | None:
    """Return the newest notes of the case, or None if they were not read: the browser keeps those that it has."""
    if story.noted is None:
        return None
    return [{'id': report.mark, 'text': _note(report.note, reader)} for report in story.noted]


def _note(note: str, reader: Person) -> str:
    text = mask_for(note, reader)
    return text if len(text) <= NOTE else f'{text[:NOTE].rstrip()} …'


def _said_fine(case: Case, _: Translator) -> str:
    if not case.fine:
        return ''
    return _.plural(
        '{count} neighbour says that it is fine now.', '{count} neighbours say that it is fine now.', case.fine
    )


def _happened(story: Story) -> str | None:
    """Return when it happened, if that differs from when it was logged by more than ABOUT_NOW."""
    if story.entry is None or story.event.reply_id or story.entry.is_withdrawn:
        return None
    if abs(story.entry.happened_at - story.event.at) <= ABOUT_NOW:
        return None
    return story.entry.happened_at.isoformat()


def _actions(story: Story, case: Case, _: Translator) -> list[CaseAction]:
    if not case.is_open:
        return []
    verbs = {'acknowledge': _('Seen'), 'resolve': resolve_label(story.problem, _)}
    spent = {'acknowledge': case.state not in UNSEEN}
    return [
        {'verb': verb, 'label': label, 'named': _named(label, story, _), 'spent': spent.get(verb, False)}
        for verb, label in verbs.items()
    ]


def shortened(text: str) -> str:
    """Return the beginning of a text on one line, at most SHORT characters of it."""
    line = ' '.join(text.split())
    return line if len(line) <= SHORT else f'{line[:SHORT].rstrip()} …'


def _named(label: str, story: Story, _: Translator) -> str:
    """Name a button or photo for screen readers, as there are many alike: what it is, of which asset, and where."""
    thing = story.asset.name if story.asset else ''
    problem = story.problem.state.in_(_.language) if story.problem else ''
    place = story.site.name if story.site else ''
    return f'{label}: {", ".join(filter(None, (thing, problem, place)))}'


def _address(story: Story) -> str:
    if story.case:
        return f'/cases/{story.case.number}'
    return f'/entries/{story.entry.id}' if story.entry else ''


def _tags(story: Story, _: Translator, reader: Person) -> list[str]:
    if story.entry and story.entry.is_withdrawn:
        return [_('Withdrawn')]
    if story.event.reply_id:
        return [_('Taken back')] if story.reply is None or story.reply.is_withdrawn else []
    terms = (*((story.obstacle_kind,) if story.obstacle_kind else ()), *story.roots)
    partners = story.entry.partners if story.entry else ()
    return [*(term.label.in_(_.language) for term in terms), *(mask_for(partner, reader) for partner in partners)]
