"""Word what public pages and staff screens share. These words exist in every language.

Names come from the municipality and are usually Swedish. A page in another language passes a function to mark them.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.case_states import CaseState
from app.domain.catalogue import Problem, Tone
from app.domain.events import EventKind
from app.domain.people import Role
from app.domain.sites import SiteKind
from app.i18n import Translator, interpolate, msgid
from app.services.feed import Story

NameMarkup = Callable[[str], str]
"""Marks a name that is not in the language of its page."""


def public_event_sentence(story: Story, _: Translator, mark: NameMarkup = str) -> str:
    """Word an Event for public pages, without names of people and without texts that people wrote.

    Return '' if the Event is not public.
    """
    message = (PUBLIC_OF_FULL if was_full(story.problem) else PUBLIC).get(story.event.kind)
    return _(message, **names(story, _, mark)) if message else ''


def case_state(state: CaseState, problem: Problem | None, _: Translator) -> str:
    """Return the name of a case's state. What was full is emptied, everything else is fixed."""
    return {
        CaseState.REPORTED: _('Reported'),
        CaseState.CONFIRMED: _('Confirmed'),
        CaseState.ACKNOWLEDGED: _('Being taken care of'),
        CaseState.PAUSED: _('Paused'),
        CaseState.RESOLVED: resolve_label(problem, _),
        CaseState.CLOSED: _('Closed'),
        CaseState.STALE: _('Closed, no new reports'),
        CaseState.WITHDRAWN: _('Closed, it was taken away'),
    }[state]


def resolve_label(problem: Problem | None, _: Translator) -> str:
    """Return what a case is once it is resolved, and what the button for that says."""
    return _('Emptied') if was_full(problem) else _('Fixed')


def was_full(problem: Problem | None) -> bool:
    """Return True if a problem is over when something has been emptied."""
    return problem is not None and problem.tone is Tone.FULL


def role_name(role: Role, _: Translator) -> str:
    """Return the name of a role."""
    return {Role.FIELD: _('Field staff'), Role.LEAD: _('Team lead'), Role.ADMIN: _('Administrator')}[role]


def site_kind(kind: SiteKind, _: Translator) -> str:
    """Return the name of a kind of site."""
    return {
        SiteKind.RECYCLING_STATION: _('Recycling station'),
        SiteKind.PLAYGROUND: _('Playground'),
        SiteKind.MEETING_PLACE: _('Meeting place'),
        SiteKind.OTHER: _('Place'),
    }[kind]


PUBLIC = {
    EventKind.CASE_REPORTED: msgid('Reported: {thing}'),
    EventKind.CASE_ACKNOWLEDGED: msgid('Seen by {team}: {thing}'),
    EventKind.CASE_RESOLVED: msgid('Fixed: {thing}'),
    EventKind.CASE_REOPENED: msgid('Open again: {thing}'),
    EventKind.CASE_CLEARED: msgid('Closed, as residents say that it is fine now: {thing}'),
    EventKind.CASE_STALE: msgid('Closed, as there were no new reports: {thing}'),
    EventKind.CASE_WITHDRAWN: msgid('Closed, as it was taken away: {thing}'),
    EventKind.CASE_TAKEN_BACK: msgid('Reported by mistake and taken back: {thing}'),
    EventKind.CASE_PROMISED: msgid('Promised {day}: {thing}'),
    EventKind.CASE_PAUSED_FOR_PART: msgid('Waiting for a part: {thing}'),
    EventKind.CASE_PAUSED_FOR_OTHERS: msgid('Waiting for somebody else: {thing}'),
    EventKind.CASE_PAUSED_FOR_OBSTACLE: msgid('Waiting, as something is in the way: {thing}'),
    EventKind.CASE_RESUMED: msgid('Being taken care of again: {thing}'),
    EventKind.CASE_WOKEN: msgid('Being taken care of again: {thing}'),
    EventKind.CASE_NOTHING_FOUND: msgid('Closed, as nothing wrong was found: {thing}'),
    EventKind.CASE_NOT_OURS: msgid('Closed, as somebody else is responsible: {thing}'),
    EventKind.CASE_CANNOT: msgid('Closed, as it can’t be done: {thing}'),
    EventKind.CASE_DUPLICATE: msgid('Counts in another case now: {thing}'),
    EventKind.CASE_UNMERGED: msgid('Open again: {thing}'),
    EventKind.CASE_STILL_SO: msgid('Open again: {thing}'),
}
"""The sentences of public Events. All other kinds are only for staff."""

PUBLIC_OF_FULL = PUBLIC | {EventKind.CASE_RESOLVED: msgid('Emptied: {asset}')}
"""The same for a case about something that was full."""


def names(story: Story, _: Translator, mark: NameMarkup = str) -> dict[str, object]:
    """Return the values for the slots of a sentence. Erased documents become a general word."""
    asset = mark(story.asset.name) if story.asset else _('something')
    return {
        'name': story.actor.name if story.actor else 'Haren',
        'thing': _thing(asset, story, _),
        'asset': asset,
        'count': story.event.count,
        'held': story.held,
        'site': mark(story.site.name) if story.site else _('a place'),
        'person': story.person.name if story.person else _('somebody'),
        'team': mark(story.team.name) if story.team else _('a team'),
        'day': _.day(story.act.content.day) if story.act and story.act.content.day else _('a day'),
        'kind': story.asset_kind.label.in_(_.language) if story.asset_kind else '',
    }


def _thing(asset: str, story: Story, _: Translator) -> str:
    if story.problem is None:
        return asset
    return interpolate('{asset} – {state}', asset=asset, state=story.problem.state.in_(_.language).lower())
