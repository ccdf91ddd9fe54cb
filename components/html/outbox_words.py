"""Word the outbox of public pages. Browsers fetch these words separately, so that each page stays small."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache

from app.domain.catalogue import Problem, Tone
from app.i18n import Translator, translator
from components.entries.form_words import log_words
from components.theme.icons import path

ICONS = ('clock', 'fine', 'notice')


class OutboxWords:
    """The words of each language as JSON, at an address that changes when they change."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._problems = tuple(problems)
        self.body = cache(self._body)
        self.digest = cache(self._digest)

    def _body(self, language: str) -> bytes:
        """Return the words as JSON, in UTF-8."""
        words = {**_words(translator(language)), 'problems': self._problem_words(language)}
        return json.dumps(words, ensure_ascii=False, separators=(',', ':')).encode()

    def address(self, language: str) -> str:
        """Return the address of the words; public/main.js composes the same one."""
        return f'/words/{self.digest(language)}/{language}.json'

    def _digest(self, language: str) -> str:
        """Return a short hash that changes when any word changes."""
        return hashlib.sha256(self.body(language)).hexdigest()[:8]

    def _problem_words(self, language: str) -> dict[str, dict[str, str | bool]]:
        return {
            problem.id: {
                'button': problem.button.in_(language),
                'state': problem.state.in_(language),
                'still': problem.still.in_(language),
                **({'urgent': True} if problem.tone is Tone.URGENT else {}),
            }
            for problem in self._problems
        }


def _words(_: Translator) -> dict[str, object]:
    return {
        'icons': {name: path(name) for name in ICONS},
        'fine': _('It is fine now'),
        **_report_words(_),
        **_unsent_words(_),
        **_network_words(_),
        **log_words(_),
    }


def _report_words(_: Translator) -> dict[str, object]:
    return {
        'sending': _('Sending …'),
        'kept': _('Kept on this phone'),
        'later': _('It is sent as soon as there is a network.'),
        'stay': _('Keep this page open, or open it again later: this browser sends nothing by itself.'),
        'noRoom': _('There was no room for the photo on this phone. What you reported is kept.'),
        'declined': _('It was not taken'),
        'seeBelow': _('Why, and what you can do, stands at the bottom of this page.'),
        'sent': _('It has arrived. Thank you!'),
        'held': _('Your report waits until somebody has looked at it.'),
        'next': _('What happens next'),
        'undo': _('Undo'),
        'undone': _('You have taken your report back.'),
    }


def _unsent_words(_: Translator) -> dict[str, object]:
    return {
        'unsent': _('What has not been sent yet'),
        'count': _('Not sent yet: {count}'),
        'refusedCount': _('Refused: {count}'),
        'nothingLeft': _('All is sent'),
        'waiting': _('Waiting for a network'),
        'troubles': {
            'network': _('Waiting for a network'),
            'server': _('Haren does not answer right now. We keep trying.'),
            'strange': _('This network lets nothing through. Perhaps it wants you to sign in first?'),
            'signed-out': _('You have been signed out. Sign in again, and it is sent.'),
        },
        'refused': _('Refused: {why}'),
        'photoRefused': _('The report has arrived, but not its photo: {why}'),
        'photoNext': _('The report has arrived, the photo is on its way.'),
        'photoLost': _('This browser has lost the photo.'),
        'tooLarge': _('That is more than fits. Shorten it and try again.'),
        'photo': _('The photo that goes with it'),
        'sendNow': _('Send now'),
        'again': _('Send again'),
        'another': _('Choose another problem'),
        'copy': _('Copy the text'),
        'copied': _('Copied'),
        'remove': _('Delete'),
        'sure': _('Delete it for good?'),
        'removeForGood': _('Yes, delete it'),
        'keep': _('No, keep it'),
        'noStorage': _('This browser keeps nothing right now, so nothing can wait here for a network.'),
        'lost': _('Waiting here: {count}. This browser has cleared it, so please report it again.'),
        'seen': _('I have seen it'),
    }


def _network_words(_: Translator) -> dict[str, object]:
    return {
        'sticker': _('Sticker {code}'),
        'before': _('As it was {time}: {state}'),
        'nothing': _('Nothing reported'),
        'noNetwork': _('No network right now'),
        'away': _('Haren can not be reached right now'),
        'back': _('Haren can be reached again'),
        'openPage': _('Open the page'),
    }
