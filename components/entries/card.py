"""One entry as its own page shows it."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import Audience
from app.domain.people import Person, Team
from app.domain.personal_numbers import shown
from app.domain.sites import Site
from app.i18n import Translator
from app.services.container import House
from app.wording.feed import logged
from components.ui.photo_thumbnail import address_of, picture
from components.ui.text import Text


async def entry_card(house: House, entry: Entry, reader: Person, _: Translator) -> None:
    """The entry: what it says, who logged it and when, and who may read it. One that is withdrawn says nothing."""
    team = await house.ground.team(entry.team_id)
    with ui.element('article').classes('card entry-card'):
        Text('p', logged(entry.kind, await _author(house, entry, team, _), _)).classes('entry-who')
        Text('p', _when(house, entry, team, _)).classes('quiet')
        if entry.is_withdrawn:
            Text('p', _('This has been withdrawn.')).classes('notice')
            return
        Text('p', shown(entry.text, reader)).classes('entry-words')
        if entry.photos:
            with ui.element('div').classes('photos'):
                for photo in entry.photos:
                    picture(address_of(entry, photo), _('Photo {number}', number=photo.place))
        await _facts(house, entry, team, reader, _)
        _tags(house, entry, _)


async def _author(house: House, entry: Entry, team: Team | None, _: Translator) -> str:
    author = await house.ground.store.get(Person, entry.author_id) if entry.author_id else None
    return author.name if author else team.name if team else _('A colleague')


def _when(house: House, entry: Entry, team: Team | None, _: Translator) -> str:
    said = [_.when(entry.logged_at, house.ground.now())]
    if abs(entry.happened_at - entry.logged_at).total_seconds() > 15 * 60:
        said.append(_('Happened {when}', when=_.when(entry.happened_at, house.ground.now())))
    if team and entry.author_id:
        said.append(team.name)
    return ' · '.join(said)


async def _facts(house: House, entry: Entry, team: Team | None, reader: Person, _: Translator) -> None:
    site = await house.ground.store.get(Site, entry.site_id) if entry.site_id else None
    kind = next((kind for kind in house.ground.lists.obstacle_kinds if kind.id == entry.obstacle_kind), None)
    facts = {
        _('Kind of obstacle'): kind.label.in_(_.language) if kind else '',
        _('Who is hit'): shown(entry.hits, reader),
        _('What was tried'): shown(entry.tried, reader),
        _('Partners'): shown(', '.join(entry.partners), reader),
        _('Who may read it'): audience_words(entry.audience, team, _),
    }
    with ui.element('dl').classes('entry-facts'):
        for label, words in facts.items():
            if words:
                Text('dt', label)
                Text('dd', words)
        if site:
            Text('dt', _('Place'))
            with ui.element('dd'):
                Text('a', site.name)._props['href'] = f'/s/{site.id}'


def audience_words(audience: Audience, team: Team | None, _: Translator) -> str:
    """Who may read an entry of this team."""
    return {
        Audience.TEAM: _('{team}, and administrators', team=team.name if team else _('a team')),
        Audience.ORGANISATION: _(
            'everybody at {organisation}, and administrators', organisation=team.organisation if team else '–'
        ),
        Audience.STAFF: _('everyone who is signed in'),
        Audience.PUBLIC: _('everybody, residents too'),
    }[audience]


def _tags(house: House, entry: Entry, _: Translator) -> None:
    roots = [root for root in house.ground.lists.roots if root.id in entry.roots]
    if roots:
        with ui.element('ul').classes('entry-tags'):
            for root in roots:
                Text('li', root.label.in_(_.language))
