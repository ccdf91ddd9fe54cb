"""Element for a list of stickers, or of sites with their stickers. The server sends it only the rows that change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypedDict

from nicegui.element import Element

from app.domain.sticker_audit import StickerState
from app.domain.sticker_codes import spaced
from app.i18n import Translator
from app.services.sticker_audit import PostedSticker, SiteAudit
from components.theme.icons import icon

_LOOKS = {
    StickerState.OLD: ('urgent', 'urgent'),
    StickerState.NEVER: ('notice', 'unseen'),
    StickerState.LATE: ('full', 'clock'),
    StickerState.SEEN: ('fine', 'eye'),
    StickerState.IN_ROUND: ('fine', 'check'),
}
"""The tone and the icon of each state."""


class StickerRow(TypedDict):
    """A sticker, or a site with its stickers. `order` is the sort key.

    The browser replaces `{when}` in `state` and `detail` by the time since `seen`, which is ISO 8601 in UTC.
    """

    id: str
    name: str
    address: str
    tone: str
    icon: str
    state: str
    detail: str
    order: str
    seen: str | None


class StickerList(Element, component='../js/places/sticker_list.js'):
    """A sorted list. `shown` has the rows that the browser shows, by id; `find` labels a search field, or is ''."""

    def __init__(self, _: Translator, rows: Iterable[StickerRow], name: str, find: str = '') -> None:
        super().__init__()
        self.shown = {row['id']: row for row in rows}
        self.props['rows'] = list(self.shown.values())
        self.props['labels'] = {
            'list': name,
            'find': find,
            'none': _('Nothing by that name.'),
            'justNow': _('just now'),
        }

    def show(self, rows: Iterable[StickerRow]) -> None:
        """Show these rows. Send only those that have changed."""
        newest = {row['id']: row for row in rows}
        changed = [row for key, row in newest.items() if row != self.shown.get(key)]
        gone = [key for key in self.shown if key not in newest]
        self.shown = newest
        if changed or gone:
            self.run_method('put', changed, gone)


def sticker_rows(audit: SiteAudit, _: Translator) -> list[StickerRow]:
    """Return the stickers of a site as rows."""
    return [_sticker_row(posted, audit, _) for posted in audit.posted]


def site_row(audit: SiteAudit, _: Translator) -> StickerRow:
    """Return a site as a row that says how many of its stickers need attention."""
    troubles = _troubles(audit, _)
    tone, name, state = troubles[0] if troubles else ('fine', 'fine', _('All seen lately'))
    details = [words for *_rest, words in troubles[1:]]
    if audit.round:
        details.append(progress(audit, _))
    return {
        'id': audit.site.id,
        'name': audit.site.name,
        'address': f'/audit?site={audit.site.id}',
        'tone': tone,
        'icon': icon(name),
        'state': state,
        'detail': ' · '.join((_.plural('{count} sticker', '{count} stickers', audit.expected), *details)),
        'order': f'{99_999 - audit.needing_attention:05}',
        'seen': None,
    }


def progress(audit: SiteAudit, _: Translator) -> str:
    """Return the progress of a round in words."""
    return _('{count} of {all} seen in this round', count=audit.count(StickerState.IN_ROUND), all=audit.expected)


def summary(audit: SiteAudit, _: Translator) -> str:
    """Return in words how many stickers of a site need attention, and why."""
    return ' · '.join(words for *_rest, words in _troubles(audit, _)) or _('All seen lately')


def _troubles(audit: SiteAudit, _: Translator) -> list[tuple[str, str, str]]:
    """Return what needs attention, the worst first, as tone, icon and words."""
    old, late, never = (audit.count(state) for state in (StickerState.OLD, StickerState.LATE, StickerState.NEVER))
    words = {
        StickerState.OLD: _.plural('{count} old sticker still hangs', '{count} old stickers still hang', old),
        StickerState.LATE: _('{count} of {all} not seen for a long time', count=late, all=audit.expected),
        StickerState.NEVER: _('{count} of {all} never seen', count=never, all=audit.expected),
    }
    return [(*_LOOKS[state], text) for state, text in words.items() if audit.count(state)]


def _sticker_row(posted: PostedSticker, audit: SiteAudit, _: Translator) -> StickerRow:
    sticker, asset = posted.sticker, posted.asset
    tone, name = _look(posted.state, audit)
    return {
        'id': sticker.id,
        'name': asset.name if asset else audit.site.name,
        'address': f'/q/{sticker.id}',
        'tone': tone,
        'icon': icon(name),
        'state': _state(posted.state, audit, _),
        'detail': ' · '.join(filter(None, (spaced(sticker.id), *_details(posted, audit, _)))),
        'order': _order(posted),
        'seen': _sortable(sticker.seen_at) or None,
    }


def _look(state: StickerState, audit: SiteAudit) -> tuple[str, str]:
    return ('calm', 'eye') if state is StickerState.SEEN and audit.round else _LOOKS[state]


def _state(state: StickerState, audit: SiteAudit, _: Translator) -> str:
    return {
        StickerState.OLD: _('Old: take it down'),
        StickerState.NEVER: _('Never seen'),
        StickerState.LATE: _('Not seen for a long time'),
        StickerState.SEEN: _('Not yet in this round') if audit.round else _('Seen {when}'),
        StickerState.IN_ROUND: _('Seen {when}'),
    }[state]


def _details(posted: PostedSticker, audit: SiteAudit, _: Translator) -> list[str]:
    details = []
    if posted.state is StickerState.OLD:
        details.append(
            _('replaced by {code}', code=spaced(posted.replacement))
            if posted.replacement
            else _('what it was on is gone')
        )
    elif posted.asset is None:
        details.append(_('the place’s own sticker'))
    if posted.state in (StickerState.OLD, StickerState.LATE) or (posted.state is StickerState.SEEN and audit.round):
        details.append(_('last seen {when}'))
    return details


def _order(posted: PostedSticker) -> str:
    """Return a sort key: old stickers, then those never seen, then those not seen for the longest time."""
    sticker, is_due = posted.sticker, posted.state is not StickerState.OLD
    return f'{is_due:d} {_sortable(sticker.seen_at)} {_sortable(sticker.made_at)} {sticker.id}'


def _sortable(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec='microseconds') if moment else ''
