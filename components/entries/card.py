"""Show one entry on its own page."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import Audience
from app.domain.people import Person, Team
from app.domain.personal_numbers import MASK, mask_for, mask_numbers
from app.i18n import Translator
from app.services.container import Services
from app.wording.feed import logged
from app.wording.search import search_address
from components.ui.photo_thumbnail import address_of, picture
from components.ui.text import Text


async def entry_card(services: Services, entry: Entry, reader: Person, _: Translator) -> None:
    """Add a card with the entry: its text, author, time, facts and audience. A withdrawn entry has no content."""
    team = await services.people.team(entry.team_id)
    with ui.element('article').classes('card entry-card'):
        Text('p', logged(entry.kind, await _author(services, entry, team, _), _)).classes('entry-who')
        Text('p', _when(services, entry, team, _)).classes('quiet')
        if entry.is_withdrawn:
            Text('p', _('This has been withdrawn.')).classes('notice')
            return
        Text('p', mask_for(entry.text, reader)).classes('entry-words written').props['dir'] = 'auto'
        if entry.photos:
            with ui.element('div').classes('photos'):
                for photo in entry.photos:
                    picture(address_of(entry, photo), _('Photo {number}', number=photo.place))
        await _facts(services, entry, team, reader, _)
        _tags(services, entry, _)


async def _author(services: Services, entry: Entry, team: Team | None, _: Translator) -> str:
    author = await services.people.find(entry.author_id)
    return author.name if author else team.name if team else _('A colleague')


def _when(services: Services, entry: Entry, team: Team | None, _: Translator) -> str:
    parts = [_.when(entry.logged_at, services.now())]
    if abs(entry.happened_at - entry.logged_at).total_seconds() > 15 * 60:
        parts.append(_('Happened {when}', when=_.when(entry.happened_at, services.now())))
    if entry.phone_time:
        parts.append(_('The phone’s clock said {when}', when=_.when(entry.phone_time, services.now())))
    if team and entry.author_id:
        parts.append(team.name)
    return ' · '.join(parts)


async def _facts(services: Services, entry: Entry, team: Team | None, reader: Person, _: Translator) -> None:
    site = await services.sites.find(entry.site_id)
    kind = next((kind for kind in services.catalogue.obstacle_kinds if kind.id == entry.obstacle_kind), None)
    facts = {
        _('Kind of obstacle'): kind.label.in_(_.language) if kind else '',
        _('Who is hit'): mask_for(entry.hits, reader),
        _('What was tried'): mask_for(entry.tried, reader),
        _('Who may read it'): audience_words(entry.audience, team, _),
    }
    searched = {
        _('Partners'): [mask_for(partner, reader) for partner in entry.partners],
        _('Place'): [site.name] if site else [],
    }
    with ui.element('dl').classes('entry-facts'):
        for label, words in facts.items():
            if words:
                Text('dt', label)
                Text('dd', words).classes('written')
        for label, names in searched.items():
            if names:
                Text('dt', label)
                with ui.element('dd'):
                    for name in names:
                        _search_link(name)


def audience_words(audience: Audience, team: Team | None, _: Translator) -> str:
    """Return in words who may read an entry of this team."""
    return {
        Audience.TEAM: _('{team}, and administrators', team=team.name if team else _('a team')),
        Audience.ORGANISATION: _(
            'everybody at {organisation}, and administrators', organisation=team.organisation if team else '–'
        ),
        Audience.STAFF: _('everyone who is signed in'),
        Audience.PUBLIC: _('everybody, residents too'),
    }[audience]


def _tags(services: Services, entry: Entry, _: Translator) -> None:
    roots = [root for root in services.catalogue.roots if root.id in entry.roots]
    if roots:
        with ui.element('ul').classes('entry-tags'):
            for root in roots:
                with ui.element('li'):
                    _search_link(root.label.in_(_.language))


def _search_link(words: str) -> None:
    """Add a link to all that has these words. A personal identity number can't be found, and belongs in no address."""
    is_found = MASK not in mask_numbers(words)
    link = Text('a' if is_found else 'span', words).classes('written')
    if is_found:
        link.props['href'] = search_address(words)
