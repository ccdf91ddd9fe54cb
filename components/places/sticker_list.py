"""Stickers, or places with their stickers: one element in the browser, fed with the rows that change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from nicegui.element import Element

from app.domain.sticker_audit import StickerState
from app.domain.sticker_codes import spaced
from app.i18n import Translator
from app.services.sticker_audit import PostedSticker, SiteAudit
from components.theme.icons import icon

Row = dict[str, Any]

_LOOKS = {
    StickerState.OLD: ('urgent', 'urgent'),
    StickerState.NEVER: ('notice', 'unseen'),
    StickerState.LATE: ('full', 'clock'),
    StickerState.SEEN: ('fine', 'eye'),
    StickerState.IN_ROUND: ('fine', 'check'),
}
"""The tone and the icon of each state."""


class StickerList(Element, component='../js/places/sticker_list.js'):
    """Rows in their order. `shown` is what the browser shows, by its key; `find` names the field that looks for one."""

    def __init__(self, _: Translator, rows: Iterable[Row], name: str, find: str = '') -> None:
        super().__init__()
        self.shown = {row['id']: row for row in rows}
        self.props['rows'] = list(self.shown.values())
        self.props['labels'] = {
            'list': name, 'find': find, 'none': _('Nothing by that name.'), 'justNow': _('just now'),
        }  # fmt: skip

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows; what has not changed is left alone."""
        newest = {row['id']: row for row in rows}
        changed = [row for key, row in newest.items() if row != self.shown.get(key)]
        gone = [key for key in self.shown if key not in newest]
        self.shown = newest
        if changed or gone:
            self.run_method('put', changed, gone)


def sticker_rows(audit: SiteAudit, _: Translator) -> list[Row]:
    """A site's stickers. The browser fills `{when}` in with how long ago the moment `seen` was."""
    return [_sticker_row(posted, audit, _) for posted in audit.posted]


def site_row(audit: SiteAudit, _: Translator) -> Row:
    """A site with its stickers in a few words: how many need a look."""
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
        'detail': ' · '.join((_.plural('{count} sticker', '{count} stickers', audit.wanted), *details)),
        'order': f'{99_999 - audit.needy:05}{audit.site.name.casefold()}',
        'seen': None,
    }


def progress(audit: SiteAudit, _: Translator) -> str:
    """How far a round is, in words."""
    return _('{count} of {all} seen in this round', count=audit.count(StickerState.IN_ROUND), all=audit.wanted)


def summary(audit: SiteAudit, _: Translator) -> str:
    """How it stands with a site's stickers, in words."""
    return ' · '.join(words for *_rest, words in _troubles(audit, _)) or _('All seen lately')


def _troubles(audit: SiteAudit, _: Translator) -> list[tuple[str, str, str]]:
    """What needs a look, the worst first: tone, icon and words."""
    old, late, never = (audit.count(sight) for sight in (StickerState.OLD, StickerState.LATE, StickerState.NEVER))
    words = {
        StickerState.OLD: _.plural('{count} old sticker still hangs', '{count} old stickers still hang', old),
        StickerState.LATE: _('{count} of {all} not seen for a long time', count=late, all=audit.wanted),
        StickerState.NEVER: _('{count} of {all} never seen', count=never, all=audit.wanted),
    }
    return [(*_LOOKS[sight], said) for sight, said in words.items() if audit.count(sight)]


def _sticker_row(posted: PostedSticker, audit: SiteAudit, _: Translator) -> Row:
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


def _look(sight: StickerState, audit: SiteAudit) -> tuple[str, str]:
    return ('calm', 'eye') if sight is StickerState.SEEN and audit.round else _LOOKS[sight]


def _state(sight: StickerState, audit: SiteAudit, _: Translator) -> str:
    return {
        StickerState.OLD: _('Old: take it down'),
        StickerState.NEVER: _('Never seen'),
        StickerState.LATE: _('Not seen for a long time'),
        StickerState.SEEN: _('Not yet in this round') if audit.round else _('Seen {when}'),
        StickerState.IN_ROUND: _('Seen {when}'),
    }[sight]


def _details(posted: PostedSticker, audit: SiteAudit, _: Translator) -> list[str]:
    told = []
    if posted.state is StickerState.OLD:
        told.append(_('replaced by {code}', code=spaced(posted.newer)) if posted.newer else _('what it was on is gone'))
    elif posted.asset is None:
        told.append(_('the place’s own sticker'))
    if posted.state in (StickerState.OLD, StickerState.LATE) or (posted.state is StickerState.SEEN and audit.round):
        told.append(_('last seen {when}'))
    return told


def _order(posted: PostedSticker) -> str:
    """As Haren sorts them, in a text: what should be gone, then what was never seen, then what was seen longest ago."""
    sticker, is_due = posted.sticker, posted.state is not StickerState.OLD
    return f'{is_due:d} {_sortable(sticker.seen_at)} {_sortable(sticker.made_at)} {sticker.id}'


def _sortable(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec='microseconds') if moment else ''
