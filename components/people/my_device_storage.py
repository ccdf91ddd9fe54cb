"""Show what this phone keeps for somebody: drafts, unsent entries, and entries under their team's name."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person
from app.i18n import Translator


class MyDeviceStorage(Element, component='../js/people/device_storage.js'):
    """An element that the browser fills from its own storage. Nothing of that reaches the server.

    `answers` counts the answers to every obstacle under a team's name, by entry id. Only the browser knows which of
    these obstacles are this person's.
    """

    def __init__(self, person: Person, answers: dict[str, int], _: Translator) -> None:
        super().__init__()
        self.props['person'] = person.id
        self.props['answers'] = answers
        self.props['labels'] = {
            'heading': _('On this phone'),
            'drafts': _('Drafts'),
            'waiting': _('Waiting to be sent'),
            'veiled': _('Under your team’s name'),
            'veiledWhy': _('Only this phone knows that you wrote these. Here you can put them right or withdraw them.'),
            'refused': _('Refused: {why}'),
            'photoRefused': _('The entry has arrived, but not every photo: {why}'),
            'openLog': _('Open the log'),
            'answers': _('answers: {count}'),
            'blank': _('(no words yet)'),
        }
