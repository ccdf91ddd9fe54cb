"""The fixed texts of case_view.js."""

from __future__ import annotations

from typing import Any

from app.domain.case_outcomes import Outcome
from app.i18n import Translator
from components.entries.send_errors import send_errors
from components.ui.long_text import fold_words


def labels(_: Translator) -> dict[str, Any]:
    """Return the texts of every part of the screen."""
    return {**_page(_), **_photos(_), **_forms(_), **_closing(_), **send_errors(_), **fold_words(_)}


def _page(_: Translator) -> dict[str, Any]:
    return {
        'none': _('Choose a case in the list. It opens here.'),
        'acts': _('What can be done'),
        'map': _('Open in maps'),
        'noWords': _('Nobody has written anything or sent a photo.'),
        'similar': _('Other open cases here'),
        'merge': _('The same thing'),
        'split': _('Split …'),
        'timeline': _('What has happened'),
        'more': _('Show more'),
        'undo': _('Undo'),
        'kept': _('On this phone. It is sent as soon as it can be.'),
        'undoMerge': _('Take apart again'),
        'done': {
            'acknowledge': _('Your team takes care of it.'),
            'take': _('You take care of it.'),
            'assign': _('Handed over.'),
            'decline': _('Handed back.'),
            'promise': _('Promised. Residents can read it now.'),
            'pause': _('Paused. Residents can read why.'),
            'resume': _('Not paused any more.'),
            'close': _('Closed.'),
            'reopen': _('Open again.'),
            'merge': _('Counted together.'),
            'split': _('Split into two cases.'),
            'notes': _('Your colleagues can read it now.'),
            'undo': _('Undone.'),
        },
    }


def _photos(_: Translator) -> dict[str, str]:
    return {
        'photos': _('Photos'),
        'previous': _('Previous'),
        'next': _('Next'),
        'closePhotos': _('Close'),
        'position': _('{place} of {count}'),
    }


def _forms(_: Translator) -> dict[str, Any]:
    return {
        'cancel': _('Cancel'),
        'missing': {
            'person_id': _('Choose who takes care of it.'),
            'day': _('Choose a day.'),
            'reason': _('Choose what it waits for.'),
            'obstacle_id': _('Choose an obstacle, or note a new one.'),
            'words': _('Write a few words first.'),
            'outcome': _('Choose how it ended.'),
            'duplicate_of': _('Choose the other case.'),
            'report_ids': _('Choose at least one report.'),
        },
        'assign': _('Who takes care of it?'),
        'assignButton': _('Hand over'),
        'find': _('Find'),
        'colleagues': _('Colleagues'),
        'teams': _('Teams'),
        'decline': _('Hand it back?'),
        'declineWords': _('Why?'),
        'declineButton': _('Hand back'),
        'promise': _('Promise a day'),
        'promiseHint': _('Residents read it at once.'),
        'promiseWhen': _('When will it be done?'),
        'promiseButton': _('Promise'),
        'anotherDay': _('Another day'),
        'day': _('Day'),
        'pause': _('Pause the case'),
        'pauseHint': _('The clock stops, and residents read why in plain words.'),
        'pauseWhy': _('What does it wait for?'),
        'pauseWords': _('What, or whom?'),
        'pauseWordsHint': _('If you want to say. Only colleagues read it.'),
        'pauseButton': _('Pause'),
        'whichObstacle': _('Which obstacle?'),
        'noteNew': _('A new one'),
        'newObstacle': _('What stops you?'),
        'newObstacleHint': _('It is kept in the diary, and the case wakes when the obstacle is gone.'),
        'splitHint': _(
            'The chosen reports count in a case of their own. Nothing is moved, and it can be undone at any time.'
        ),
        'splitWhich': _('Which reports are about something else?'),
        'splitButton': _('Split'),
        'note': _('A note to colleagues'),
        'noteButton': _('Write the note'),
        'colleaguesRead': _('Only colleagues read it.'),
        'mention': _('Call a colleague'),
        'names': _('Whom do you mean?'),
    }


def _closing(_: Translator) -> dict[str, Any]:
    return {
        'close': _('Close the case'),
        'closeButton': _('Close the case'),
        'outcome': _('How did it end?'),
        'duplicateOf': _('Which case is it the same as?'),
        'noSimilar': _('There is no other open case at this place.'),
        'wordsFor': {
            Outcome.FIXED.value: _('A few words about it'),
            Outcome.NOTHING_FOUND.value: _('A few words about it'),
            Outcome.NOT_OURS.value: _('Whose is it, and where can one turn?'),
            Outcome.CANNOT.value: _('Why can’t it be done?'),
        },
        'alwaysShown': _('Residents read it.'),
        'optional': _('If you want to.'),
        'readyAnswers': _('Ready answers'),
        'photoNow': _('A photo of how it is now'),
        'residentsMaySee': _('Residents may see the words and the photo'),
        'sendPhoto': _('Send the photo again'),
        'photoNotSent': _('The case is closed, but the photo could not be sent.'),
    }
