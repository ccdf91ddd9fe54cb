"""Element to reply to an entry or thank its author. It runs in the browser and posts to the API."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element

from app.domain.people import Person
from app.domain.replies import ReplyKind
from app.i18n import Translator
from app.wording.kinds import reply_kind
from components.entries.send_errors import send_errors
from components.theme.icons import icon


class ReplyBox(Element, component='../js/entries/reply_box.js'):
    """The box. `names` can be mentioned; `thanked` is the id of the person's own thanks, or ''."""

    def __init__(
        self, entry_id: str, person: Person, names: Sequence[str], thanked: str, thankable: bool, _: Translator
    ) -> None:
        super().__init__()
        self.props['entry'] = entry_id
        self.props['person'] = person.id
        self.props['people'] = list(names)
        self.props['thanked'] = thanked
        self.props['thankable'] = thankable
        self.props['icon'] = icon('thanks')
        self.props['kinds'] = [
            {'id': kind.value, 'label': label, 'hint': hint} for kind, (label, hint) in _kinds(_).items()
        ]
        self.props['labels'] = {
            'heading': _('Say something to it'),
            'thank': _('Say thanks'),
            'thanked': _('You said thanks'),
            'send': _('Send'),
            'sent': _('Sent'),
            'mention': _('Call a colleague'),
            'names': _('Whom do you mean?'),
            **send_errors(_),
        }


def _kinds(_: Translator) -> dict[ReplyKind, tuple[str, str]]:
    hints = {
        ReplyKind.YES_AND: _('Yes, and … go on from here: what could be done?'),
        ReplyKind.QUESTION: _('What would you like to know?'),
        ReplyKind.ANSWER: _('Your answer'),
    }
    return {kind: (reply_kind(kind, _), hint) for kind, hint in hints.items()}
