"""Word each Event for the staff feed. The words that public pages share are in `public`."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entry_content import EntryKind
from app.domain.events import Event, EventKind, Topic
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.domain.replies import Reply, ReplyKind
from app.i18n import Translator, msgid
from app.services.feed import Story
from app.wording.case_events import CALM, CASE_FINE, CASE_ICONS, OF_CASES
from app.wording.public import PUBLIC, names, was_full


@dataclass(frozen=True)
class Worded:
    """An Event in words: a sentence, the text that somebody wrote or '', an icon and a tone."""

    sentence: str
    text: str
    icon: str
    tone: str


def word_story(story: Story, _: Translator, reader: Person) -> Worded:
    """Word an Event for this reader's feed."""
    return Worded(_sentence(story, _), mask_for(_text(story, _), reader), _icon(story), _tone(story))


def topic_name(topic: Topic, _: Translator) -> str:
    """Return the name of a topic, as the feed's filter shows it."""
    return {
        Topic.CASES: _('Cases'),
        Topic.ACTIVITY: _('Activities'),
        Topic.OCCURRENCE: _('Occurrences'),
        Topic.OBSERVATION: _('Observations'),
        Topic.LESSON: _('Lessons'),
        Topic.OBSTACLE: _('Obstacles'),
        Topic.UPKEEP: _('Upkeep of Haren'),
    }[topic]


_SENTENCES = {
    **PUBLIC,
    **OF_CASES,
    EventKind.REPORTS_HELD: msgid('Reports that look automatic are held back: {held}'),
    EventKind.REPORTS_RELEASED: msgid('{name} let held reports through: {count}'),
    EventKind.REPORTS_DISCARDED: msgid('{name} discarded held reports: {count}'),
    EventKind.ENTRY_LOGGED: msgid('{name} logged something'),
    EventKind.ENTRY_CORRECTED: msgid('{name} corrected an entry'),
    EventKind.ENTRY_WITHDRAWN: msgid('{name} withdrew an entry'),
    EventKind.ENTRY_PHOTOGRAPHED: msgid('{name} added a photo'),
    EventKind.ENTRY_BUILT_ON: msgid('{name} built on an entry'),
    EventKind.ENTRY_ASKED: msgid('{name} asked a question'),
    EventKind.ENTRY_ANSWERED: msgid('{name} answered'),
    EventKind.ENTRY_THANKED: msgid('{name} said thanks'),
    EventKind.REPLY_WITHDRAWN: msgid('{name} took an answer back'),
    EventKind.OBSTACLE_SHARED: msgid('{name} has the same obstacle'),
    EventKind.OBSTACLE_UNSHARED: msgid('{name} no longer has the same obstacle'),
    EventKind.OBSTACLE_EXPLORED: msgid('{name} has explored an obstacle'),
    EventKind.OBSTACLE_REMOVED: msgid('{name} has removed an obstacle'),
    EventKind.OBSTACLE_WORKED_AROUND: msgid('{name} has worked around an obstacle'),
    EventKind.OBSTACLE_RAISED: msgid('{name} has raised an obstacle to somebody who can act'),
    EventKind.OBSTACLE_ASKED_AGAIN: msgid('{name} has asked again about an obstacle'),
    EventKind.OBSTACLE_CAME_BACK: msgid('An obstacle is back, says {name}'),
    EventKind.OBSTACLE_PUT_BACK: msgid('{name} undid a step with an obstacle'),
    EventKind.OBSTACLE_LINKED: msgid('{name} linked obstacles that are the same'),
    EventKind.OBSTACLE_UNLINKED: msgid('{name} parted obstacles that are not the same'),
    EventKind.SITE_ADDED: msgid('{name} added the place {site}'),
    EventKind.SITE_CHANGED: msgid('{name} changed the place {site}'),
    EventKind.ASSET_ADDED: msgid('{name} added {asset}'),
    EventKind.ASSET_CHANGED: msgid('{name} changed {asset}'),
    EventKind.ASSET_RETIRED: msgid('{name} took {asset} away'),
    EventKind.STICKER_REPLACED: msgid('{name} made a new sticker for {asset}'),
    EventKind.STICKER_SEEN: msgid('A sticker was seen: {site}'),
    EventKind.ROUND_BEGUN: msgid('{name} began a round past the stickers: {site}'),
    EventKind.PROBLEMS_CHANGED: msgid('{name} changed what can be reported: {kind}'),
    EventKind.TEAM_ADDED: msgid('{name} added the team {team}'),
    EventKind.TEAM_CHANGED: msgid('{name} changed the team {team}'),
    EventKind.PERSON_ADDED: msgid('{name} added {person}'),
    EventKind.PERSON_CHANGED: msgid('{name} changed {person}’s duties'),
    EventKind.PERSON_INVITED: msgid('{name} invited {person}'),
    EventKind.PERSON_JOINED: msgid('{person} signed in on a new device'),
    EventKind.PERSON_LEFT: msgid('A colleague has left Haren'),
    EventKind.DEVICE_REVOKED: msgid('{name} signed out one of {person}’s devices'),
    EventKind.TOKEN_MADE: msgid('{name} made a key for a program'),
    EventKind.TOKEN_REVOKED: msgid('{name} ended one of {person}’s keys for programs'),
    EventKind.SETTINGS_CHANGED: msgid('{name} changed the municipality’s settings'),
    EventKind.HOURS_CHANGED: msgid('{name} changed the working hours'),
    EventKind.PERIODS_CHANGED: msgid('{name} changed when cases are late'),
    EventKind.ANSWERS_CHANGED: msgid('{name} changed the ready answers'),
    EventKind.SWEEP_STOPPED: msgid('Haren has stopped before ending {count} at once: the clock may be wrong'),
    EventKind.SWEEP_ALLOWED: msgid('{name} let Haren end what is old: {count}'),
}


def logged(kind: EntryKind, name: str, _: Translator) -> str:
    """Return the sentence that somebody has logged an entry of this kind."""
    return _(_ENTRIES[kind], name=name)


_ENTRIES = {
    EntryKind.ACTIVITY: msgid('{name} logged an activity'),
    EntryKind.OCCURRENCE: msgid('{name} logged an occurrence'),
    EntryKind.OBSERVATION: msgid('{name} logged an observation'),
    EntryKind.LESSON: msgid('{name} logged a lesson'),
    EntryKind.OBSTACLE: msgid('{name} logged an obstacle'),
}


def event_sentence(event: Event, person: Person, _: Translator) -> str:
    """Return the sentence of an Event for the person who took part in it, with general words for everything else."""
    by = person.name if event.by == person.id else _('A colleague') if event.by else 'Haren'
    to_themselves = _DONE_TO_THEMSELVES if event.by == event.person_id else {}
    return _(
        to_themselves.get(event.kind, _SENTENCES[event.kind]),
        name=by,
        person=person.name if event.person_id == person.id else _('somebody'),
        thing=_('something'),
        asset=_('something'),
        kind=_('something'),
        site=_('a place'),
        team=_('a team'),
        day=_('a day'),
        count=event.count or 1,
        held=event.count or 1,
    )


def needs_decision(story: Story) -> bool:
    """Return True if the story is about something that a lead has to decide: held reports that wait, or a sweep."""
    kind = story.event.kind
    return kind is EventKind.SWEEP_STOPPED or (kind is EventKind.REPORTS_HELD and story.waiting > 0)


def _sentence(story: Story, _: Translator) -> str:
    is_new_entry = story.entry and story.event.kind is EventKind.ENTRY_LOGGED
    message = _ENTRIES[story.entry.kind] if story.entry and is_new_entry else _SENTENCES[story.event.kind]
    if story.event.kind is EventKind.CASE_RESOLVED and was_full(story.problem):
        message = msgid('{name} has emptied: {asset}')
    if story.actor == story.person:
        message = _DONE_TO_THEMSELVES.get(story.event.kind, message)
    if story.event.kind is EventKind.REPORTS_HELD and not needs_decision(story):
        message = msgid('Reports that looked automatic were held back. Nothing waits any more.')
    return _(message, **names(story, _) | _author(story, _))


_DONE_TO_THEMSELVES = {
    EventKind.CASE_ASSIGNED: msgid('{name} takes care of: {thing}'),
    EventKind.DEVICE_REVOKED: msgid('{name} signed out one of their devices'),
    EventKind.TOKEN_REVOKED: msgid('{name} ended one of their keys for programs'),
}
"""The sentences that differ when people did it to themselves."""


def _author(story: Story, _: Translator) -> dict[str, object]:
    """Return the name for an entry's sentence if the Event names nobody: the team, or a colleague who has left."""
    if story.actor:
        return {}
    if story.event.by or story.event.reply_id:
        return {'name': _('A colleague')}  # somebody who has left
    if story.entry is None:
        return {}
    return {'name': story.team.name if story.team else _('A colleague')}


_FINE = {
    *CASE_FINE,
    EventKind.OBSTACLE_REMOVED,
    EventKind.OBSTACLE_WORKED_AROUND,
}


_ICONS = CASE_ICONS | {
    EventKind.REPORTS_RELEASED: 'check',
    EventKind.REPORTS_DISCARDED: 'check',
    EventKind.SWEEP_STOPPED: 'clock',
    EventKind.SWEEP_ALLOWED: 'check',
}

_TONE_ICONS = {'urgent': 'urgent', 'full': 'full', 'notice': 'notice'}


def reply_text(reply: Reply, _: Translator) -> str:
    """Return the text of a reply, or '' if it was withdrawn."""
    if reply.is_withdrawn:
        return ''
    return _('Yes, and … {text}', text=reply.text) if reply.kind is ReplyKind.YES_AND else reply.text


def _text(story: Story, _: Translator) -> str:
    if story.entry and story.entry.is_withdrawn:
        return ''
    if story.event.reply_id:
        return reply_text(story.reply, _) if story.reply else ''
    if story.entry:
        return story.entry.text
    report, kind = story.report, story.event.kind
    if report is None or kind is EventKind.CASE_PHOTOGRAPHED:  # the report's own row has its note
        return ''
    # A note that came later has its own row.
    return report.note if report.came_with_a_note or kind is EventKind.CASE_NOTED else ''


def _icon(story: Story) -> str:
    if story.event.kind is EventKind.REPORTS_HELD:
        return 'urgent' if needs_decision(story) else 'check'
    if story.event.topic is Topic.CASES:
        return _ICONS.get(story.event.kind) or _TONE_ICONS[_tone(story)]
    return 'settings' if story.event.topic is Topic.UPKEEP else story.event.topic.value


def _tone(story: Story) -> str:
    if story.event.kind in _FINE:
        return 'fine'
    if story.event.kind in CALM:
        return 'calm'
    if needs_decision(story):
        return 'notice'
    return story.problem.tone.value if story.problem else 'calm'
