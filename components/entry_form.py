"""The entry form: markup made here, life in the browser from js/entry-form.js.

What somebody types never passes through NiceGUI's socket: the form keeps a draft in the browser and posts to the API.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.domain.content import EntryKind
from app.domain.document import LONGEST_TEXT
from app.domain.people import Person
from app.language import Translator
from app.services.house import House
from components.icons import icon

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / 'templates'), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A kind of entry as the form offers it, and the question that it puts."""

    id: str
    label: str
    hint: str
    icon: Markup


async def entry_form(house: House, person: Person, _: Translator) -> str:
    """The form as HTML, in the person's language."""
    lists = house.ground.lists
    return _templates.get_template('entry_form.html').render(
        _=_, person=person, kinds=_kinds(_), words=_words(_), roots=lists.roots, obstacle_kinds=lists.obstacle_kinds,
        sites=await house.sites.all(), partners=await house.entries.partners(await house.ground.reader(person)),
    )  # fmt: skip


def _kinds(_: Translator) -> list[Choice]:
    questions = {
        EntryKind.ACTIVITY: (_('Activity'), _('What did you do?')),
        EntryKind.OCCURRENCE: (_('Occurrence'), _('What happened?')),
        EntryKind.OBSERVATION: (_('Observation'), _('What did you see out in the world?')),
        EntryKind.LESSON: (_('Lesson'), _('What did you learn? A failure counts, too.')),
        EntryKind.OBSTACLE: (_('Obstacle'), _('What stands in the way?')),
    }
    return [Choice(kind.value, *words, Markup(icon(kind.value))) for kind, words in questions.items()]


def _words(_: Translator) -> dict[str, str | int]:
    """What the form says by itself."""
    return {
        'limit': LONGEST_TEXT,
        'empty': _('Write a few words first.'),
        'count': _('{count} of {limit} characters'),
        'saved': _('Saved at {time}.'),
        'savedEarlier': _('An earlier version was saved at {time}. What you wrote since is still here, not yet saved.'),
        'seeFeed': _('See it in the feed'),
        'offline': _(
            'It could not be sent. What you wrote stays on this device: try again when you have a connection.'
        ),
        'signedOut': _('You have been signed out. What you wrote stays on this device: sign in again and save.'),
        'howIn': _('How to get in'),
        'clash': _('An earlier version of this was saved already.'),
        'saveAnew': _('Save this as a new entry'),
        'remove': _('Remove {name}'),
    }
