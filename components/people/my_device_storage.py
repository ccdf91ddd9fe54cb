"""What this phone keeps of somebody's: drafts, what waits to be sent, and what stands under their team's name."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person
from app.i18n import Translator


class MyDeviceStorage(Element, component='../js/people/device_storage.js'):
    """Filled by the browser from its own storage; nothing of it comes here.

    `answers` is how many answers the obstacles under any team's name have: the browser knows which are its own.
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
