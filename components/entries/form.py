"""Render the entry form. js/entry-form/main.js brings it to life in the browser.

What somebody types never goes through NiceGUI's socket: the browser keeps a draft and sends it to the API. The markup
holds nothing personal, because phones keep the same form as a page for offline use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from markupsafe import Markup

from app.domain.entry_content import OF_TEAMS, Audience, EntryKind
from app.domain.people import Person
from app.i18n import Translator
from app.services.container import Services
from app.wording.kinds import entry_kind
from components import CSS
from components.entries.form_words import entry_words
from components.jinja_environment import jinja_environment
from components.theme.icons import icon

STYLE = (CSS / 'shared' / 'entry-form.css').read_text(encoding='utf-8')


@dataclass(frozen=True)
class FormOption:
    """An option of the form. Its hint is the question that it asks, or what it means."""

    id: str
    label: str
    hint: str
    icon: Markup | None = None
    of_team: bool = False


class TeamOfMine(TypedDict):
    """Somebody's team, and how many people could have written under its name (see Context.active_members)."""

    name: str
    organisation: str
    members: int


class Me(TypedDict):
    """The author's data in the form. A phone keeps it for use without a network."""

    person: str
    name: str
    team: TeamOfMine | None
    partners: list[str]


async def entry_form(services: Services, _: Translator, me: Me | None = None) -> str:
    """Return the form as HTML. Without `me` the phone itself knows who writes."""
    lists = services.catalogue
    return jinja_environment().get_template('entry_form.html').render(
        _=_, me=me, kinds=_kinds(_), audiences=_audiences(_), words=entry_words(_), roots=lists.roots,
        obstacle_kinds=lists.obstacle_kinds, sites=await services.sites.all(_.language),
        icon=lambda name: Markup(icon(name)),
    )  # fmt: skip


async def me_of(services: Services, person: Person) -> Me:
    """Return what the form must know of this person."""
    team = await services.people.team(person.team_id)
    members = await services.people.active_members(person.team_id, person)
    partners = await services.entries.partners(await services.reader(person))
    my_team = TeamOfMine(name=team.name, organisation=team.organisation, members=members) if team else None
    return Me(person=person.id, name=person.name, team=my_team, partners=list(partners))


def _kinds(_: Translator) -> list[FormOption]:
    questions = {
        EntryKind.ACTIVITY: _('What did you do?'),
        EntryKind.OCCURRENCE: _('What happened?'),
        EntryKind.OBSERVATION: _('What did you see out in the world?'),
        EntryKind.LESSON: _('What did you learn? A failure counts, too.'),
        EntryKind.OBSTACLE: _('What stands in the way?'),
    }
    return [
        FormOption(kind.value, entry_kind(kind, _), question, Markup(icon(kind.value)))
        for kind, question in questions.items()
    ]


def _audiences(_: Translator) -> list[FormOption]:
    meanings = {
        Audience.TEAM: (_('My team'), _('Those in your team, and administrators.')),
        Audience.ORGANISATION: (_('My organisation'), _('Everybody in your organisation, and administrators.')),
        Audience.STAFF: (_('Everyone signed in'), _('All staff who use Haren.')),
        Audience.PUBLIC: (_('Public'), _('Residents can read it, too. They see your team’s name, not yours.')),
    }
    return [FormOption(who.value, *words, of_team=who in OF_TEAMS) for who, words in meanings.items()]
