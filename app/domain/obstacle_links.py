"""Link obstacles that are the same: a pattern that recurs in several teams."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.document import ChangeStamp
from app.domain.entries import Entry
from app.domain.errors import Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing
from app.domain.obstacles import Obstacle

MOST_ALIKE = 100
"""The most obstacles that can be linked as the same."""


def link(
    one: Obstacle, other: Obstacle, alike: Collection[Obstacle], new_id: str, entry: Entry, stamp: ChangeStamp
) -> tuple[tuple[Obstacle, ...], Event] | None:
    """Link two obstacles, and with them all that are `alike`: the members of both their patterns.

    Return all obstacles that have to be saved together, and the Event, which is about the `entry` of `one`. Return None
    if the two are linked already. Raise NotAllowed if there would be more than MOST_ALIKE.
    """
    if one.id == other.id:
        raise Invalid('other', 'Choose another one: this is the same obstacle already.')
    if one.pattern_id is not None and one.pattern_id == other.pattern_id:
        return None
    pattern_id = one.pattern_id or other.pattern_id or new_id
    both = [obstacle.in_pattern(pattern_id, stamp) for obstacle in (one, other)]
    merged = [known.in_pattern(pattern_id) for known in alike if known.id not in (one.id, other.id)]
    if len(both) + len(merged) > MOST_ALIKE:
        raise NotAllowed('At most {limit} obstacles can be linked as the same.', limit=MOST_ALIKE)
    return (*both, *merged), entry.make_event(EventKind.OBSTACLE_LINKED, stamp)


def unlink(
    one: Obstacle, others: Collection[Obstacle], entry: Entry, stamp: ChangeStamp
) -> tuple[tuple[Obstacle, ...], Event] | None:
    """Take an obstacle out of its pattern. If a single other one remains, take that out too.

    Return None if the obstacle is in no pattern.
    """
    if one.pattern_id is None:
        return None
    one.require_few_changes()
    alone = tuple(others) if len(others) == 1 else ()
    changed = one.in_pattern(None, stamp), *(obstacle.in_pattern(None) for obstacle in alone)
    return changed, entry.make_event(EventKind.OBSTACLE_UNLINKED, stamp, showing=Showing.FOLDED)
