"""Word notifications."""

from __future__ import annotations

from app.domain.notifications import NotificationReason
from app.domain.replies import ReplyKind
from app.i18n import Translator, msgid
from app.services.notifications import NotificationDetails


def notice_reason(reason: NotificationReason, _: Translator) -> str:
    """Return the sentence of a notification, without names."""
    return _(_NOTICES[reason], name=_('A colleague'))


def notice_sentence(details: NotificationDetails, _: Translator) -> str:
    """Return the sentence of a notification."""
    team, reply, reason = details.team, details.reply, details.notice.why
    is_under_teams_name = details.entry.is_under_team_name and reply is None
    name = details.by.name if details.by else team.name if team and is_under_teams_name else _('A colleague')
    if reply and reason is NotificationReason.ANSWERED:
        return _(_ANSWERED[reply.kind], name=name)
    return _(_NOTICES[reason], name=name)


_NOTICES = {
    NotificationReason.MENTIONED: msgid('{name} mentioned you'),
    NotificationReason.TEAM_MENTIONED: msgid('{name} mentioned your team'),
    NotificationReason.THANKED: msgid('{name} thanks you'),
    NotificationReason.ANSWERED: msgid('{name} answered you'),
}

_ANSWERED = {
    ReplyKind.YES_AND: msgid('{name} built on what you logged'),
    ReplyKind.QUESTION: msgid('{name} asks about what you logged'),
    ReplyKind.ANSWER: msgid('{name} answered you'),
    ReplyKind.THANKS: msgid('{name} thanks you'),
}
