"""Word the Events of cases for staff."""

from __future__ import annotations

from app.domain.events import EventKind
from app.i18n import msgid

OF_CASES = {
    EventKind.CASE_CONFIRMED: msgid('Confirmed by a second report: {thing}'),
    EventKind.CASE_REPORTED_AGAIN: msgid('{count} reports now: {thing}'),
    EventKind.CASE_SAID_FINE: msgid('A resident says that it is fine now: {thing}'),
    EventKind.CASE_NOTED: msgid('A note from a resident: {thing}'),
    EventKind.CASE_PHOTOGRAPHED: msgid('A photo from a resident: {thing}'),
    EventKind.CASE_ACKNOWLEDGED: msgid('{name} has seen: {thing}'),
    EventKind.CASE_RESOLVED: msgid('{name} has fixed: {thing}'),
    EventKind.CASE_REOPENED: msgid('{name} has opened again: {thing}'),
    EventKind.CASE_ASSIGNED: msgid('{name} asked {person} to take care of: {thing}'),
    EventKind.CASE_HANDED_OVER: msgid('{name} handed over to {team}: {thing}'),
    EventKind.CASE_DECLINED: msgid('{name} can’t take care of: {thing}'),
    EventKind.CASE_UNASSIGNED: msgid('Back with the team, as whoever had it has left: {thing}'),
    EventKind.CASE_PROMISED: msgid('{name} promised {day}: {thing}'),
    EventKind.CASE_PAUSED_FOR_PART: msgid('{name} paused, waiting for a part: {thing}'),
    EventKind.CASE_PAUSED_FOR_OTHERS: msgid('{name} paused, waiting for somebody else: {thing}'),
    EventKind.CASE_PAUSED_FOR_OBSTACLE: msgid('{name} paused, because of an obstacle: {thing}'),
    EventKind.CASE_RESUMED: msgid('{name} goes on with: {thing}'),
    EventKind.CASE_WOKEN: msgid('Not paused any more, as the obstacle is gone: {thing}'),
    EventKind.CASE_NOTHING_FOUND: msgid('{name} found nothing wrong: {thing}'),
    EventKind.CASE_NOT_OURS: msgid('{name} closed, as it is not ours: {thing}'),
    EventKind.CASE_CANNOT: msgid('{name} closed, as it can’t be done: {thing}'),
    EventKind.CASE_DUPLICATE: msgid('{name} closed as a duplicate: {thing}'),
    EventKind.CASE_OUTCOME_PHOTOGRAPHED: msgid('{name} showed how it is now: {thing}'),
    EventKind.CASE_STILL_SO: msgid('Open again, as a resident reports that it is still so: {thing}'),
    EventKind.CASE_UNMERGED: msgid('{name} opened again, as it is no duplicate: {thing}'),
    EventKind.CASE_SPLIT: msgid('{name} made a case of its own: {thing}'),
    EventKind.CASE_UNSPLIT: msgid('{name} put two cases together again: {thing}'),
    EventKind.CASE_STAFF_NOTED: msgid('{name} wrote a note: {thing}'),
    EventKind.CASE_UNDONE: msgid('{name} undid the last step: {thing}'),
    EventKind.CASE_REPORT_TAKEN_BACK: msgid('A resident took their report back: {thing}'),
}
"""The sentences that only staff read, or that name people where public pages don't."""

ENDED_OTHERWISE = (
    EventKind.CASE_NOTHING_FOUND,
    EventKind.CASE_NOT_OURS,
    EventKind.CASE_CANNOT,
    EventKind.CASE_DUPLICATE,
    EventKind.CASE_UNSPLIT,
)
"""Events that end a case without fixing it."""

CALM = {
    *ENDED_OTHERWISE,
    EventKind.CASE_REPORT_TAKEN_BACK,
    EventKind.CASE_TAKEN_BACK,
    EventKind.CASE_ACKNOWLEDGED,
    EventKind.CASE_ASSIGNED,
    EventKind.CASE_HANDED_OVER,
    EventKind.CASE_PROMISED,
    EventKind.CASE_PAUSED_FOR_PART,
    EventKind.CASE_PAUSED_FOR_OTHERS,
    EventKind.CASE_PAUSED_FOR_OBSTACLE,
    EventKind.CASE_STALE,
    EventKind.CASE_WITHDRAWN,
    EventKind.CASE_STAFF_NOTED,
}
"""Events that nobody has to act on."""

CASE_FINE = {EventKind.CASE_RESOLVED, EventKind.CASE_CLEARED, EventKind.CASE_OUTCOME_PHOTOGRAPHED}
"""Events that say that something is fine now."""

CASE_ICONS = {
    EventKind.CASE_ACKNOWLEDGED: 'eye',
    EventKind.CASE_RESOLVED: 'fine',
    EventKind.CASE_CLEARED: 'fine',
    EventKind.CASE_STALE: 'clock',
    EventKind.CASE_TAKEN_BACK: 'clock',
    EventKind.CASE_REPORT_TAKEN_BACK: 'clock',
    EventKind.CASE_WITHDRAWN: 'clock',
    EventKind.CASE_NOTED: 'note',
    EventKind.CASE_PHOTOGRAPHED: 'photo',
    EventKind.CASE_OUTCOME_PHOTOGRAPHED: 'photo',
    EventKind.CASE_ASSIGNED: 'eye',
    EventKind.CASE_HANDED_OVER: 'eye',
    EventKind.CASE_PROMISED: 'clock',
    EventKind.CASE_PAUSED_FOR_PART: 'clock',
    EventKind.CASE_PAUSED_FOR_OTHERS: 'clock',
    EventKind.CASE_PAUSED_FOR_OBSTACLE: 'clock',
    EventKind.CASE_STAFF_NOTED: 'note',
    **dict.fromkeys(ENDED_OTHERWISE, 'check'),
}
