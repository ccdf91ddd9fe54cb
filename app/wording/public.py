"""The words that plain pages and staff screens share: every language has them.

Names are the municipality's own, in Swedish as a rule: a page in another language hands in how it marks them.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.cases import CaseState
from app.domain.events import EventKind
from app.domain.people import Role
from app.domain.sites import SiteKind
from app.i18n import Translator, interpolate, msgid
from app.services.feed import Story

Named = Callable[[str], str]
"""How a page writes a name that isn't in its own language."""


def word_publicly(story: Story, _: Translator, named: Named = str) -> str:
    """The Event as the public pages tell it: no person, and nothing that somebody wrote."""
    message = PUBLIC.get(story.event.kind)
    return _(message, **names(story, _, named)) if message else ''


def case_state(state: CaseState, _: Translator) -> str:
    """How far a case has come, in words."""
    return {
        CaseState.REPORTED: _('Reported'),
        CaseState.CONFIRMED: _('Confirmed'),
        CaseState.ACKNOWLEDGED: _('Being taken care of'),
        CaseState.RESOLVED: _('Fixed'),
        CaseState.STALE: _('Closed, no new reports'),
        CaseState.WITHDRAWN: _('Closed, it was taken away'),
    }[state]


def role_name(role: Role, _: Translator) -> str:
    """A role in words."""
    return {Role.FIELD: _('Field staff'), Role.LEAD: _('Team lead'), Role.ADMIN: _('Administrator')}[role]


def site_kind(kind: SiteKind, _: Translator) -> str:
    """What a site is, in words."""
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
    EventKind.CASE_CLEARED: msgid('Closed, as residents say that it is fine now: {thing}'),
    EventKind.CASE_STALE: msgid('Closed, as there were no new reports: {thing}'),
    EventKind.CASE_WITHDRAWN: msgid('Closed, as it was taken away: {thing}'),
}
"""What anybody may read of an Event; those of other kinds are told to staff alone."""


def names(story: Story, _: Translator, named: Named = str) -> dict[str, object]:
    """What fills the slots; an erased document leaves a general word."""
    asset = named(story.asset.name) if story.asset else _('something')
    return {
        'name': story.actor.name if story.actor else 'Haren',
        'thing': _thing(asset, story, _),
        'asset': asset,
        'count': story.event.count,
        'held': story.held,
        'site': named(story.site.name) if story.site else _('a place'),
        'person': story.person.name if story.person else _('somebody'),
        'team': named(story.team.name) if story.team else _('a team'),
        'kind': story.asset_kind.label.in_(_.language) if story.asset_kind else '',
    }


def _thing(asset: str, story: Story, _: Translator) -> str:
    if story.problem is None:
        return asset
    return interpolate('{asset} – {state}', asset=asset, state=story.problem.state.in_(_.language).lower())
