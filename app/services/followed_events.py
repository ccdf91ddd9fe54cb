"""The Events that anybody can follow: in the feeds of a site and of one asset."""

from __future__ import annotations

from app.domain.events import EventKind

FOLLOWED = frozenset(
    {
        EventKind.CASE_REPORTED,
        EventKind.CASE_ACKNOWLEDGED,
        EventKind.CASE_RESOLVED,
        EventKind.CASE_REOPENED,
        EventKind.CASE_CLEARED,
        EventKind.CASE_STALE,
        EventKind.CASE_WITHDRAWN,
        EventKind.CASE_TAKEN_BACK,
        EventKind.CASE_PROMISED,
        EventKind.CASE_PAUSED_FOR_PART,
        EventKind.CASE_PAUSED_FOR_OTHERS,
        EventKind.CASE_PAUSED_FOR_OBSTACLE,
        EventKind.CASE_RESUMED,
        EventKind.CASE_WOKEN,
        EventKind.CASE_NOTHING_FOUND,
        EventKind.CASE_NOT_OURS,
        EventKind.CASE_CANNOT,
        EventKind.CASE_DUPLICATE,
        EventKind.CASE_UNMERGED,
        EventKind.CASE_STILL_SO,
    }
)
"""Events that followers receive: a case is reported, acknowledged, promised, paused, over or open again.

Further reports of the same case are left out.
"""
