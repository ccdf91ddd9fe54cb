"""Events: the record that something changed. Every change makes exactly one Event, and the feed lists them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment


class EventKind(StrEnum):
    """The change that an Event records."""

    CASE_REPORTED = 'case.reported'
    CASE_CONFIRMED = 'case.confirmed'
    CASE_REPORTED_AGAIN = 'case.reported_again'
    CASE_SAID_FINE = 'case.said_fine'
    CASE_CLEARED = 'case.cleared'
    CASE_NOTED = 'case.noted'
    CASE_PHOTOGRAPHED = 'case.photographed'
    CASE_ACKNOWLEDGED = 'case.acknowledged'
    CASE_RESOLVED = 'case.resolved'
    CASE_REOPENED = 'case.reopened'
    CASE_STALE = 'case.stale'
    CASE_WITHDRAWN = 'case.withdrawn'
    CASE_ASSIGNED = 'case.assigned'
    CASE_HANDED_OVER = 'case.handed_over'
    CASE_DECLINED = 'case.declined'
    CASE_UNASSIGNED = 'case.unassigned'
    CASE_PROMISED = 'case.promised'
    CASE_PAUSED_FOR_PART = 'case.paused_for_part'
    CASE_PAUSED_FOR_OTHERS = 'case.paused_for_others'
    CASE_PAUSED_FOR_OBSTACLE = 'case.paused_for_obstacle'
    CASE_RESUMED = 'case.resumed'
    CASE_WOKEN = 'case.woken'
    CASE_NOTHING_FOUND = 'case.nothing_found'
    CASE_NOT_OURS = 'case.not_ours'
    CASE_CANNOT = 'case.cannot'
    CASE_DUPLICATE = 'case.duplicate'
    CASE_OUTCOME_PHOTOGRAPHED = 'case.outcome_photographed'
    CASE_STILL_SO = 'case.still_so'
    CASE_UNMERGED = 'case.unmerged'
    CASE_SPLIT = 'case.split'
    CASE_UNSPLIT = 'case.unsplit'
    CASE_STAFF_NOTED = 'case.staff_noted'
    CASE_UNDONE = 'case.undone'
    CASE_REPORT_TAKEN_BACK = 'case.report_taken_back'
    CASE_TAKEN_BACK = 'case.taken_back'
    REPORTS_HELD = 'reports.held'
    REPORTS_RELEASED = 'reports.released'
    REPORTS_DISCARDED = 'reports.discarded'
    ENTRY_LOGGED = 'entry.logged'
    ENTRY_CORRECTED = 'entry.corrected'
    ENTRY_WITHDRAWN = 'entry.withdrawn'
    ENTRY_PHOTOGRAPHED = 'entry.photographed'
    ENTRY_BUILT_ON = 'entry.built_on'
    ENTRY_ASKED = 'entry.asked'
    ENTRY_ANSWERED = 'entry.answered'
    ENTRY_THANKED = 'entry.thanked'
    REPLY_WITHDRAWN = 'reply.withdrawn'
    OBSTACLE_SHARED = 'obstacle.shared'
    OBSTACLE_UNSHARED = 'obstacle.unshared'
    OBSTACLE_EXPLORED = 'obstacle.explored'
    OBSTACLE_REMOVED = 'obstacle.removed'
    OBSTACLE_WORKED_AROUND = 'obstacle.worked_around'
    OBSTACLE_RAISED = 'obstacle.raised'
    OBSTACLE_ASKED_AGAIN = 'obstacle.asked_again'
    OBSTACLE_CAME_BACK = 'obstacle.came_back'
    OBSTACLE_PUT_BACK = 'obstacle.put_back'
    OBSTACLE_LINKED = 'obstacle.linked'
    OBSTACLE_UNLINKED = 'obstacle.unlinked'
    SITE_ADDED = 'site.added'
    SITE_CHANGED = 'site.changed'
    ASSET_ADDED = 'asset.added'
    ASSET_CHANGED = 'asset.changed'
    ASSET_RETIRED = 'asset.retired'
    STICKER_REPLACED = 'sticker.replaced'
    STICKER_SEEN = 'sticker.seen'
    ROUND_BEGUN = 'round.begun'
    PROBLEMS_CHANGED = 'problems.changed'
    TEAM_ADDED = 'team.added'
    TEAM_CHANGED = 'team.changed'
    PERSON_ADDED = 'person.added'
    PERSON_CHANGED = 'person.changed'
    PERSON_INVITED = 'person.invited'
    PERSON_JOINED = 'person.joined'
    PERSON_LEFT = 'person.left'
    DEVICE_REVOKED = 'device.revoked'
    TOKEN_MADE = 'token.made'
    TOKEN_REVOKED = 'token.revoked'
    SETTINGS_CHANGED = 'settings.changed'
    HOURS_CHANGED = 'hours.changed'
    PERIODS_CHANGED = 'periods.changed'
    ANSWERS_CHANGED = 'answers.changed'
    SWEEP_STOPPED = 'sweep.stopped'
    SWEEP_ALLOWED = 'sweep.allowed'


class Topic(StrEnum):
    """The broad subject of an Event, by which the feed can be filtered."""

    CASES = 'cases'
    ACTIVITY = 'activity'
    OCCURRENCE = 'occurrence'
    OBSERVATION = 'observation'
    LESSON = 'lesson'
    OBSTACLE = 'obstacle'
    UPKEEP = 'upkeep'


class Showing(StrEnum):
    """The form of an Event in the feed: a row of its own, or a part of another row."""

    ROW = 'row'
    FOLDED = 'folded'


class Event(Document):
    """A record of one change: what, when, by whom, and the documents that it concerns.

    `by` is None for a resident or for Haren itself. An Event names documents by id and repeats none of their words, so
    that erased words are gone here too. `team_id` is the team that it concerns: the responsible team of a case, the
    author's of an entry. `count` is the case's number of reports at that time. `act_id` is what staff did with a case.
    """

    kept_in: ClassVar[str] = 'events'
    found_by: ClassVar[tuple[str, ...]] = ('topic', 'team_id', 'site_id', 'asset_id', 'case_id', 'showing')
    newest_by: ClassVar[str] = 'at'

    kind: EventKind
    topic: Topic
    showing: Showing = Showing.ROW
    at: Moment
    by: str | None = None
    team_id: str | None = None
    site_id: str | None = None
    asset_id: str | None = None
    asset_kind: str | None = None
    case_id: str | None = None
    report_id: str | None = None
    flood_id: str | None = None
    entry_id: str | None = None
    reply_id: str | None = None
    person_id: str | None = None
    count: int | None = None
    act_id: Annotated[str | None, Field(exclude_if=lambda act_id: act_id is None)] = None

    def of_act(self, act_id: str) -> Event:
        """Return the Event as that of an act of staff."""
        return self.model_copy(update={'act_id': act_id})


def make_event(kind: EventKind, stamp: ChangeStamp, topic: Topic = Topic.UPKEEP, **concerns: str | int | None) -> Event:
    """Create the Event of a change. `concerns` are the fields that name what it is about."""
    return Event.model_validate(
        {
            'id': stamp.event_id,
            'kind': kind,
            'topic': topic,
            'at': stamp.at,
            'by': stamp.by,
            **concerns,
        }
    )
