"""Word the cases on a phone without a network, and what waits there to be sent."""

from __future__ import annotations

from typing import Any

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.domain.document import LONGEST_TEXT
from app.i18n import Translator
from app.wording.cases import outcome_name, pause_reason_name

OFFERED = (Outcome.FIXED, Outcome.NOTHING_FOUND, Outcome.NOT_OURS, Outcome.CANNOT)
"""The outcomes that can be chosen without a network. Of which case another is a duplicate has to be looked up."""

REASONS = (PauseReason.PART, PauseReason.OTHERS)
"""The reasons for a pause, likewise: obstacles have to be looked up."""


def offline_case_words(_: Translator) -> dict[str, Any]:
    """Return the texts of the page that shows the kept cases."""
    return {**_page(_), **_acts(_), **_forms(_), **unsent_act_words(_)}


def unsent_act_words(_: Translator) -> dict[str, Any]:
    """Return the texts about acts on cases that wait on this phone, or that Haren has refused."""
    return {
        'unsent': _('Done on this phone, not sent yet'),
        'waiting': _('Waiting for a network'),
        'sending': _('Sending …'),
        'photoNext': _('Has arrived. The photo is on its way.'),
        'troubles': {
            'server': _('Haren does not answer right now. We keep trying.'),
            'strange': _('This network lets nothing through. Perhaps it wants you to sign in first?'),
            'signed-out': _('You are not signed in here. Once you are, it is sent.'),
        },
        'refused': _('Not done: {why}'),
        'photoRefused': _('It has arrived, but not the photo: {why}'),
        'unknownWhy': _('Haren didn’t say why.'),
        'others': _('Waiting for others who use this phone: {count}'),
        'seen': _('I have seen it'),
        'again': _('Send again'),
        'copy': _('Copy the text'),
        'copied': _('Copied'),
        'remove': _('Delete'),
        'sure': _('Delete it for good?'),
        'removeForGood': _('Yes, delete it'),
        'keep': _('No, keep it'),
        'lost': _('Waiting here: {count}. This browser has cleared it, so please do it again.'),
        'open': _('Open the case'),
        'verbs': _verbs(_),
    }


def _page(_: Translator) -> dict[str, Any]:
    return {
        'title': _('Cases'),
        'away': _(
            'No contact with Haren right now. Go on all the same: what you do is kept on this phone, and sent later.'
        ),
        'back': _('There is a network again.'),
        'openPage': _('Open the page'),
        'none': _('No cases are kept on this phone. Open Cases once while there is a network.'),
        'empty': _('There was nothing to do when this phone last had a network.'),
        'keptAt': _('As it was {when}'),
        'noStorage': _('This browser keeps nothing right now, so nothing can be done without a network.'),
        'justNow': _('just now'),
        'photo': _('Photo {number}'),
        'states': {
            CaseState.REPORTED.value: _('Reported'),
            CaseState.CONFIRMED.value: _('Confirmed'),
            CaseState.ACKNOWLEDGED.value: _('Taken care of'),
            CaseState.PAUSED.value: _('Paused'),
        },
        'takenBy': _('Taken care of by {name}'),
        'promisedFor': _('promised for {day}'),
        'closedAs': _('Closed: {outcome}'),
        'report': _.plural('{count} report', '{count} reports', 1),
        'reports': _('{count} reports in all'),
        'waits': _('Waiting for a network'),
    }


def _acts(_: Translator) -> dict[str, Any]:
    return {
        'acknowledge': _('Seen'),
        'take': _('I’ll take it'),
        'promise': _('Promise a day …'),
        'pause': _('Pause …'),
        'resume': _('Resume'),
        'close': _('Close …'),
        'notes': _('Write a note …'),
    }


def _verbs(_: Translator) -> dict[str, str]:
    return {
        'acknowledge': _('Taken on'),
        'assign': _('Handed over'),
        'decline': _('Handed back'),
        'promise': _('A promised day'),
        'pause': _('Paused'),
        'resume': _('Resumed'),
        'close': _('Closed'),
        'reopen': _('Opened again'),
        'merge': _('Counted together'),
        'split': _('Split into two'),
        'notes': _('A note'),
        'undo': _('Undone'),
    }


def _forms(_: Translator) -> dict[str, Any]:
    outcomes = [(outcome.value, outcome_name(outcome, None, _)) for outcome in OFFERED]
    return {
        'limit': LONGEST_TEXT,
        'day': _('When will it be done?'),
        'reason': _('What does it wait for?'),
        'outcome': _('How did it end?'),
        'outcomes': outcomes,
        'emptied': _('Emptied'),
        'reasons': [(reason.value, pause_reason_name(reason, _)) for reason in REASONS],
        'words': _('A few words about it'),
        'noteWords': _('A note to colleagues'),
        'whose': _('Whose is it, and where can one turn?'),
        'why': _('Why can’t it be done?'),
        'photoNow': _('A photo of how it is now'),
        'residentsMaySee': _('Residents may see the words and the photo'),
        'save': _('Save'),
        'cancel': _('Cancel'),
        'chooseDay': _('Choose a day that is not over.'),
        'chooseOne': _('Choose one first.'),
        'missingWords': _('Write a few words first.'),
        'noRoomForPhoto': _('There was no room for the photo on this phone. What you wrote is kept.'),
    }
