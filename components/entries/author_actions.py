"""Element to correct or withdraw an entry. It runs in the browser and uses the API."""

from __future__ import annotations

from typing import Any, TypedDict

from nicegui.element import Element
from nicegui.events import Handler

from app.domain.entries import Entry
from app.domain.entry_content import OF_TEAMS, Audience, Content, EntryKind
from app.domain.people import Person, Team
from app.domain.personal_numbers import mask_numbers
from app.i18n import Translator
from app.services.container import Services
from app.wording.kinds import entry_kind
from components.entries.card import audience_words
from components.entries.send_errors import send_errors

Options = list[dict[str, str]]


class EntryState(TypedDict):
    """The state of an entry for the element. `versions` counts the earlier ones."""

    content: dict[str, Any]
    revision: int
    withdrawn: bool
    versions: int


class AuthorActions(Element, component='../js/entries/author_actions.js'):
    """The actions of an entry's author or an administrator.

    `role` is 'author', 'admin' or ''. Only the author's browser knows who wrote an entry under the team's name, so the
    element is on that page for every reader, and the browser shows it to the author.
    """

    def __init__(
        self, entry: Entry, person: Person, role: str, choices: dict[str, Options], _: Translator,
        on_overtaken: Handler[Any],
    ) -> None:  # fmt: skip
        super().__init__()
        self.props['entry'] = entry.id
        self.props['person'] = person.id
        self.props['role'] = role
        self.props['veiled'] = entry.is_under_team_name
        self._role = role
        self.props['state'] = state_of(entry, role)
        self.props['choices'] = choices
        self.props['labels'] = _labels(_)
        self.on('overtaken', on_overtaken, args=[])

    def learn(self, entry: Entry) -> None:
        """Update the entry. Text that is being typed stays."""
        self.run_method('learn', state_of(entry, self._role))


def state_of(entry: Entry, role: str) -> EntryState:
    """Return what the element needs of an entry, without its content if it is withdrawn.

    Without a role the content is masked. The author of an entry under the team's name has no role either, because the
    server does not know who that is.
    """
    shown = Content(kind=entry.kind, text='', audience=entry.audience) if entry.is_withdrawn else entry.content
    content = shown.model_dump(mode='json')
    if not role:
        content |= {field: mask_numbers(content[field]) for field in ('text', 'hits', 'tried')}
        content['partners'] = [mask_numbers(partner) for partner in content['partners']]
    return {
        'content': content,
        'revision': entry.revision,
        'withdrawn': entry.is_withdrawn,
        'versions': len(entry.versions),
    }


async def choices_of(services: Services, team: Team | None, _: Translator) -> dict[str, Options]:
    """Return the options of each field of an entry."""
    lists = services.catalogue
    audiences = [each for each in Audience if team or each not in OF_TEAMS]
    kinds = [kind for kind in EntryKind if kind is not EntryKind.OBSTACLE]
    none = [{'id': '', 'label': _('Not chosen')}]
    return {
        'kind': [{'id': kind.value, 'label': entry_kind(kind, _)} for kind in kinds],
        'roots': [{'id': root.id, 'label': root.label.in_(_.language)} for root in lists.roots],
        'obstacle_kind': [
            *none,
            *({'id': kind.id, 'label': kind.label.in_(_.language)} for kind in lists.obstacle_kinds),
        ],
        'site_id': [*none, *({'id': site.id, 'label': site.name} for site in await services.sites.all(_.language))],
        'audience': [{'id': each.value, 'label': audience_words(each, team, _)} for each in audiences],
    }


def withdrawal_words(_: Translator) -> dict[str, str]:
    """Return the texts for withdrawing an entry."""
    return {
        'withdraw': _('Withdraw'),
        'cancel': _('Cancel'),
        'sure': _('Withdraw this?'),
        'consequence': _('Nobody can read it any more, and the answers to it go with it. It can’t be brought back.'),
        'reason': _('Why (if you want to say)'),
        'reasonNeeded': _('Why? Whoever wrote it can read this.'),
        **send_errors(_),
    }


def _labels(_: Translator) -> dict[str, Any]:
    return {
        'heading': _('Put it right'),
        'correct': _('Correct'),
        'history': _('What it said before ({count})'),
        'save': _('Save'),
        'saved': _('Saved'),
        'now': _('Now: {words}'),
        'corrected': _('Until {when}, when {name} corrected it:'),
        'correctedWhy': _('Until {when}, when {name} corrected it: “{reason}”'),
        'underOwnName': _('Only this phone knows that you wrote it. What you say below stands under your own name.'),
        'author': _('somebody'),
        'fields': {
            'kind': _('What is it?'),
            'text': _('What it says'),
            'hits': _('Who is hit'),
            'tried': _('What was tried'),
            'obstacle_kind': _('Kind of obstacle'),
            'site_id': _('Place'),
            'audience': _('Who may read it'),
            'happened_at': _('When it was'),
            'partners': _('Partners, one on each line'),
            'roots': _('Which roots does it feed?'),
        },
        **withdrawal_words(_),
    }
