"""Obstacles: who shares them, what has been done about them, and which ones are the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment, Text, Value, checked_name, checked_text
from app.domain.entries import Entry
from app.domain.errors import Clash, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing
from app.domain.local_dates import checked_day, day_of
from app.domain.people import Person

LONGEST_MESSAGE = 6_000
"""The most characters of a text that raises an obstacle: the entry, what was tried, and some more."""

MOST_STEPS = 50
"""The number of latest steps that an obstacle keeps."""

MOST_TURNS = 500
"""Changes of an obstacle after which nothing can be undone any more, as each change stores an Event."""

USUAL_PERIOD = timedelta(days=45)
"""The time that an obstacle without a kind may rest before somebody is reminded."""


class ObstacleState(StrEnum):
    """The progress of an obstacle."""

    NOTICED = 'noticed'
    EXPLORED = 'explored'
    RAISED = 'raised'
    REMOVED = 'removed'
    WORKED_AROUND = 'worked_around'


OPEN = (ObstacleState.NOTICED, ObstacleState.EXPLORED, ObstacleState.RAISED)
CLOSED = (ObstacleState.REMOVED, ObstacleState.WORKED_AROUND)


class Share(Value):
    """Somebody whom the obstacle stops too, and the team that they were in at that time."""

    person_id: str
    team_id: str | None
    at: Moment


class Step(Value):
    """A change of the obstacle's state: when, by whom (None if that is no longer known), and how it came about.

    If it was raised, `to` names the recipients, `words` is the text to them, and `ask_again_on` is when to ask again.
    """

    state: ObstacleState
    at: Moment
    by: str | None
    words: Text = ''
    to: Text = ''
    ask_again_on: date | None = None


class Obstacle(Document):
    """The work of others on an obstacle.

    It is stored beside its entry, with the same id, so that it never clashes with the author's corrections. An obstacle
    that nobody has touched need not be stored: `Obstacle.of(entry)` is its state then.
    """

    kept_in: ClassVar[str] = 'obstacles'
    found_by: ClassVar[tuple[str, ...]] = ('state', 'pattern_id')
    newest_by: ClassVar[str] = 'touched_at'

    touched_at: Moment
    state: ObstacleState = ObstacleState.NOTICED
    steps: tuple[Step, ...] = ()
    shares: tuple[Share, ...] = ()
    pattern_id: str | None = None

    @classmethod
    def of(cls, entry: Entry) -> Obstacle:
        """Return an obstacle that has just been noticed."""
        return cls(id=entry.id, touched_at=entry.logged_at)

    @property
    def is_closed(self) -> bool:
        """Return True if the obstacle no longer stops anybody."""
        return self.state in CLOSED

    @property
    def latest(self) -> Step | None:
        """Return the latest step, or None."""
        return self.steps[-1] if self.steps else None

    @property
    def ask_again_on(self) -> date | None:
        """Return the day to ask the recipients again, or None if the obstacle isn't raised."""
        return self.latest.ask_again_on if self.latest and self.state is ObstacleState.RAISED else None

    def is_shared_by(self, person_id: str) -> bool:
        """Return True if this person has said that it stops them too."""
        return any(share.person_id == person_id for share in self.shares)

    def rests(self, now: datetime, period: timedelta) -> bool:
        """Return True if nobody has touched it for its period. A raised one rests from the day to ask again."""
        return is_resting(self.state, self.touched_at, self.ask_again_on, now, period)

    # Transitions. They return None if nothing would change: then there is no Event either.

    def share(self, entry: Entry, person: Person, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Add somebody whom it stops too. Raise NotAllowed if they are known to have written it."""
        if entry.author_id == person.id:
            raise NotAllowed('This one is yours: it counts already.')
        if self.is_shared_by(person.id):
            return None
        stamp = _stamp_of_share(entry, person, stamp)
        share = Share(person_id=person.id, team_id=person.team_id, at=stamp.at)
        shared = self.touched(stamp, shares=(*self.shares, share))
        return shared, entry.make_event(EventKind.OBSTACLE_SHARED, stamp, showing=Showing.FOLDED)

    def unshare(self, entry: Entry, person: Person, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Remove somebody whom it doesn't stop, or no longer."""
        if not self.is_shared_by(person.id):
            return None
        self.require_few_changes()
        stamp = _stamp_of_share(entry, person, stamp)
        shares = tuple(share for share in self.shares if share.person_id != person.id)
        return self.touched(stamp, shares=shares), entry.make_event(
            EventKind.OBSTACLE_UNSHARED, stamp, showing=Showing.FOLDED
        )

    def explore(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Record that somebody has looked into what could be done."""
        if self.state is ObstacleState.EXPLORED:
            return None
        self._require(ObstacleState.NOTICED)
        return self._with_step(Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by), stamp), entry.make_event(
            EventKind.OBSTACLE_EXPLORED, stamp
        )

    def answered(self, stamp: ChangeStamp) -> Obstacle:
        """Return the obstacle after somebody has added a possibility, which has an Event of its own."""
        if self.state is not ObstacleState.NOTICED:
            return self.touched(stamp)
        return self._with_step(Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by), stamp)

    def touched(self, stamp: ChangeStamp, **changed: object) -> Obstacle:
        """Return the obstacle with these changes, and with the time of the stamp as its latest touch."""
        # A stamp under a team's name is rounded down to its minute, which may lie before the latest touch.
        return self.model_copy(update={**changed, 'touched_at': max(stamp.at, self.touched_at)})

    def remove(self, entry: Entry, how: str, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """Close the obstacle as removed, and say how."""
        return self._close(ObstacleState.REMOVED, how, stamp), entry.make_event(EventKind.OBSTACLE_REMOVED, stamp)

    def work_around(self, entry: Entry, how: str, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """Close the obstacle as worked around: it is still there, and this is how to get past it."""
        return self._close(ObstacleState.WORKED_AROUND, how, stamp), entry.make_event(
            EventKind.OBSTACLE_WORKED_AROUND, stamp
        )

    def raise_to(
        self, entry: Entry, to: str, words: str, ask_again_on: date, stamp: ChangeStamp
    ) -> tuple[Obstacle, Event]:
        """Raise the obstacle to somebody who can act, with these words. Ask them again on that day."""
        self._require(*OPEN)
        step = Step(
            state=ObstacleState.RAISED, at=stamp.at, by=stamp.by, to=_checked_recipient(to),
            words=checked_text(words, 'words', LONGEST_MESSAGE), ask_again_on=checked_day(ask_again_on, stamp.at),
        )  # fmt: skip
        return self._with_step(step, stamp), entry.make_event(EventKind.OBSTACLE_RAISED, stamp)

    def ask_again(self, entry: Entry, on: date, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """Record that they have been asked again, and set the next day to ask."""
        self._require(ObstacleState.RAISED)
        assert self.latest is not None
        asked = {'at': stamp.at, 'by': stamp.by, 'ask_again_on': checked_day(on, stamp.at)}
        return self._with_step(self.latest.model_copy(update=asked), stamp), entry.make_event(
            EventKind.OBSTACLE_ASKED_AGAIN, stamp
        )

    def come_back(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Reopen an obstacle that stands in the way again. Return None if it is open."""
        if not self.is_closed:
            return None
        self.require_few_changes()
        step = Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by)
        return self._with_step(step, stamp), entry.make_event(EventKind.OBSTACLE_CAME_BACK, stamp)

    def put_back(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """Undo the latest step."""
        if not self.steps:
            raise Clash('There is nothing to undo.')
        self.require_few_changes()
        steps = self.steps[:-1]
        state = steps[-1].state if steps else ObstacleState.NOTICED
        return self.touched(stamp, steps=steps, state=state), entry.make_event(EventKind.OBSTACLE_PUT_BACK, stamp)

    def require_few_changes(self) -> None:
        """Raise NotAllowed if the obstacle has been changed too often."""
        if self.revision >= MOST_TURNS:
            raise NotAllowed('This has been changed {count} times. It stays as it is.', count=self.revision)

    def in_pattern(self, pattern_id: str | None, stamp: ChangeStamp | None = None) -> Obstacle:
        """Put the obstacle in a pattern, or take it out (None). It counts as touched if there is a stamp."""
        changed = self.model_copy(update={'pattern_id': pattern_id})
        return changed.touched(stamp) if stamp else changed

    def _close(self, state: ObstacleState, how: str, stamp: ChangeStamp) -> Obstacle:
        self._require(*OPEN)
        return self._with_step(Step(state=state, at=stamp.at, by=stamp.by, words=checked_text(how, 'how')), stamp)

    def _with_step(self, step: Step, stamp: ChangeStamp) -> Obstacle:
        return self.touched(stamp, steps=(*self.steps, step)[-MOST_STEPS:], state=step.state)

    def _require(self, *states: ObstacleState) -> None:
        if self.state not in states:
            raise Clash('Somebody else has been here meanwhile. Look at how it stands now.')


def is_resting(
    state: ObstacleState, touched_at: datetime, ask_again_on: date | None, now: datetime, period: timedelta
) -> bool:
    """Return True if it is time to come back to an obstacle in this state."""
    if state in CLOSED:
        return False
    return ask_again_on <= day_of(now) if ask_again_on is not None else touched_at + period <= now


def _checked_recipient(to: str) -> str:
    if not to.strip():
        raise Invalid('to', 'Write who can act on it.')
    return checked_name(to, 'to')


def _stamp_of_share(entry: Entry, person: Person, stamp: ChangeStamp) -> ChangeStamp:
    """Return the stamp of a share, without the person if it would give the author away.

    Of an entry under a team's name, nobody may learn who of that team shares it: whoever remains would be its author.
    """
    return stamp.anonymous() if entry.is_under_team_name and entry.team_id == person.team_id else stamp
