"""Word notifications."""

from __future__ import annotations

from app.domain.notifications import NotificationReason
from app.domain.replies import ReplyKind
from app.i18n import Translator, interpolate, msgid
from app.services.notifications import CaseNotificationDetails, NotificationDetails


def noticed_case(details: CaseNotificationDetails, _: Translator) -> str:
    """Return the thing and the problem that a notification about a case is about, with the case's number."""
    asset = details.asset.name if details.asset else _('something')
    problem = details.problem.state.in_(_.language).lower()
    return interpolate('{asset} – {problem} · {number}', asset=asset, problem=problem, number=details.case.number)


def notice_reason(reason: NotificationReason, _: Translator) -> str:
    """Return the sentence of a notification, without names."""
    return _(_NOTICES[reason], name=_('A colleague'))


def notice_sentence(details: NotificationDetails | CaseNotificationDetails, _: Translator) -> str:
    """Return the sentence of a notification."""
    if isinstance(details, CaseNotificationDetails):
        return _(_NOTICES[details.notice.why], name=details.by.name if details.by else _('A colleague'))
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
    NotificationReason.CASE_ASSIGNED: msgid('{name} asks you to take care of a case'),
    NotificationReason.CASE_DECLINED: msgid('{name} can’t take the case that you assigned'),
    NotificationReason.CASE_STILL_SO: msgid('A resident reports that what you fixed is still so'),
}

_ANSWERED = {
    ReplyKind.YES_AND: msgid('{name} built on what you logged'),
    ReplyKind.QUESTION: msgid('{name} asks about what you logged'),
    ReplyKind.ANSWER: msgid('{name} answered you'),
    ReplyKind.THANKS: msgid('{name} thanks you'),
}
