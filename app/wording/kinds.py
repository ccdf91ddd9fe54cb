"""Name kinds of entries and replies, scopes and themes. Screens and files share these names."""

from __future__ import annotations

from app.domain.access_tokens import Scope
from app.domain.case_acts import CaseActKind
from app.domain.entry_content import EntryKind
from app.domain.people import Theme
from app.domain.replies import ReplyKind
from app.i18n import Translator


def entry_kind(kind: EntryKind, _: Translator) -> str:
    """Return the name of a kind of entry."""
    return {
        EntryKind.ACTIVITY: _('Activity'),
        EntryKind.OCCURRENCE: _('Occurrence'),
        EntryKind.OBSERVATION: _('Observation'),
        EntryKind.LESSON: _('Lesson'),
        EntryKind.OBSTACLE: _('Obstacle'),
    }[kind]


def reply_kind(kind: ReplyKind, _: Translator) -> str:
    """Return the name of a kind of reply."""
    return {
        ReplyKind.YES_AND: _('Yes, and …'),
        ReplyKind.QUESTION: _('Question'),
        ReplyKind.ANSWER: _('Answer'),
        ReplyKind.THANKS: _('Thanks'),
    }[kind]


def act_name(kind: CaseActKind, _: Translator) -> str:
    """Return what somebody did with a case."""
    return {
        CaseActKind.ACKNOWLEDGE: _('Took it on'),
        CaseActKind.ASSIGN: _('Assigned it'),
        CaseActKind.DECLINE: _('Declined it'),
        CaseActKind.PROMISE: _('Promised a day'),
        CaseActKind.PAUSE: _('Paused it'),
        CaseActKind.RESUME: _('Went on with it'),
        CaseActKind.CLOSE: _('Closed it'),
        CaseActKind.REOPEN: _('Opened it again'),
        CaseActKind.MERGE: _('Merged it'),
        CaseActKind.SPLIT: _('Split it'),
        CaseActKind.NOTE: _('Wrote a note'),
        CaseActKind.UNDO: _('Undid a step'),
    }[kind]


def scope_name(scope: Scope, _: Translator) -> str:
    """Return what a token may do."""
    return {
        Scope.READ: _('Read what you may read'),
        Scope.LOG: _('Log and answer in your name'),
        Scope.CASES: _('Take on and close cases'),
    }[scope]


def theme_name(theme: Theme, _: Translator) -> str:
    """Return the name of a theme."""
    names: dict[Theme, str] = {'auto': _('As the device'), 'light': _('Light'), 'dark': _('Dark')}
    return names[theme]
