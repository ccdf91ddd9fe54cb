"""What stands in the way: who shares it, what has become of it, and which ones are the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment, Value, checked_name, checked_text
from app.domain.entries import Entry
from app.domain.errors import Clash, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing
from app.domain.local_dates import checked_day, day_of
from app.domain.people import Person

LONGEST_LETTER = 6_000
"""Characters of a text with which an obstacle is raised: what was logged and what was tried, and some more."""

MOST_STEPS = 50
"""How many of its latest steps an obstacle remembers."""

MOST_TURNS = 500
"""Changes of an obstacle after which nothing that was done can be undone any more: each is an Event that is kept."""

USUAL_PERIOD = timedelta(days=45)
"""How long an obstacle of no kind may rest before somebody is reminded."""


class ObstacleState(StrEnum):
    """How far one has come with an obstacle."""

    NOTICED = 'noticed'
    EXPLORED = 'explored'
    RAISED = 'raised'
    REMOVED = 'removed'
    WORKED_AROUND = 'worked_around'


OPEN = (ObstacleState.NOTICED, ObstacleState.EXPLORED, ObstacleState.RAISED)
CLOSED = (ObstacleState.REMOVED, ObstacleState.WORKED_AROUND)


class Share(Value):
    """Somebody whom it stops, too, and the team that they were in then."""

    person_id: str
    team_id: str | None
    at: Moment


class Step(Value):
    """What became of it: the state since, when, by whom (None: nobody knows any more), and how it came about.

    Where it was raised, `to` is to whom, `words` is what they were written and `ask_again_on` when to ask them again.
    """

    state: ObstacleState
    at: Moment
    by: str | None
    words: str = ''
    to: str = ''
    ask_again_on: date | None = None


class Obstacle(Document):
    """What others do about an obstacle, beside its entry, so that it never clashes with its author's corrections.

    Its id is the entry's. One that nobody has touched yet need not be kept: `Obstacle.of(entry)` is how it stands then.
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
        """An obstacle that has just been noticed."""
        return cls(id=entry.id, touched_at=entry.logged_at)

    @property
    def is_closed(self) -> bool:
        """Whether it stops nobody any more."""
        return self.state in CLOSED

    @property
    def latest(self) -> Step | None:
        """What became of it last."""
        return self.steps[-1] if self.steps else None

    @property
    def ask_again_on(self) -> date | None:
        """When to ask again those to whom it was raised; None where it isn't."""
        return self.latest.ask_again_on if self.latest and self.state is ObstacleState.RAISED else None

    def is_shared_by(self, person_id: str) -> bool:
        """Whether somebody has said that it stops them, too."""
        return any(share.person_id == person_id for share in self.shares)

    def rests(self, now: datetime, period: timedelta) -> bool:
        """Whether nobody has touched it for its period. One that was raised rests once it is time to ask again."""
        return is_resting(self.state, self.touched_at, self.ask_again_on, now, period)

    # What one can do about it. What is so already gives None: nothing changes, and nothing is told.

    def share(self, entry: Entry, person: Person, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """ "Me too". NotAllowed for whoever is known to have written it."""
        if entry.author_id == person.id:
            raise NotAllowed('This one is yours: it counts already.')
        if self.is_shared_by(person.id):
            return None
        stamp = _sharing(entry, person, stamp)
        share = Share(person_id=person.id, team_id=person.team_id, at=stamp.at)
        shared = self.touched(stamp, shares=(*self.shares, share))
        return shared, entry.told(EventKind.OBSTACLE_SHARED, stamp, showing=Showing.FOLDED)

    def unshare(self, entry: Entry, person: Person, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Somebody whom it stops no more, or never did."""
        if not self.is_shared_by(person.id):
            return None
        self.require_calm()
        stamp = _sharing(entry, person, stamp)
        shares = tuple(share for share in self.shares if share.person_id != person.id)
        return self.touched(stamp, shares=shares), entry.told(
            EventKind.OBSTACLE_UNSHARED, stamp, showing=Showing.FOLDED
        )

    def explore(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """Somebody has looked into what could be done."""
        if self.state is ObstacleState.EXPLORED:
            return None
        self._require(ObstacleState.NOTICED)
        return self._stepped(Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by), stamp), entry.told(
            EventKind.OBSTACLE_EXPLORED, stamp
        )

    def answered(self, stamp: ChangeStamp) -> Obstacle:
        """The obstacle as it is once somebody has added a possibility, which has an Event of its own."""
        if self.state is not ObstacleState.NOTICED:
            return self.touched(stamp)
        return self._stepped(Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by), stamp)

    def touched(self, stamp: ChangeStamp, **changed: object) -> Obstacle:
        """The obstacle as one that somebody has just thought of, or changed."""
        # What is veiled is stamped with its minute, which may have begun before the last touch.
        return self.model_copy(update={**changed, 'touched_at': max(stamp.at, self.touched_at)})

    def remove(self, entry: Entry, how: str, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """It is gone, and this is how that came."""
        return self._closed(ObstacleState.REMOVED, how, stamp), entry.told(EventKind.OBSTACLE_REMOVED, stamp)

    def work_around(self, entry: Entry, how: str, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """It is still there, and this is how one gets past it."""
        return self._closed(ObstacleState.WORKED_AROUND, how, stamp), entry.told(
            EventKind.OBSTACLE_WORKED_AROUND, stamp
        )

    def raise_to(
        self, entry: Entry, to: str, words: str, ask_again_on: date, stamp: ChangeStamp
    ) -> tuple[Obstacle, Event]:
        """Lift it to somebody who can act, with these words, and ask again on that day."""
        self._require(*OPEN)
        step = Step(
            state=ObstacleState.RAISED, at=stamp.at, by=stamp.by, to=_checked_recipient(to),
            words=checked_text(words, 'words', LONGEST_LETTER), ask_again_on=checked_day(ask_again_on, stamp.at),
        )  # fmt: skip
        return self._stepped(step, stamp), entry.told(EventKind.OBSTACLE_RAISED, stamp)

    def ask_again(self, entry: Entry, on: date, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """They have been asked again; another day for the next time."""
        self._require(ObstacleState.RAISED)
        assert self.latest is not None
        asked = {'at': stamp.at, 'by': stamp.by, 'ask_again_on': checked_day(on, stamp.at)}
        return self._stepped(self.latest.model_copy(update=asked), stamp), entry.told(
            EventKind.OBSTACLE_ASKED_AGAIN, stamp
        )

    def come_back(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event] | None:
        """It was gone, and stands in the way again."""
        if not self.is_closed:
            return None
        self.require_calm()
        step = Step(state=ObstacleState.EXPLORED, at=stamp.at, by=stamp.by)
        return self._stepped(step, stamp), entry.told(EventKind.OBSTACLE_CAME_BACK, stamp)

    def put_back(self, entry: Entry, stamp: ChangeStamp) -> tuple[Obstacle, Event]:
        """The latest step undone: it was a slip."""
        if not self.steps:
            raise Clash('There is nothing to undo.')
        self.require_calm()
        steps = self.steps[:-1]
        state = steps[-1].state if steps else ObstacleState.NOTICED
        return self.touched(stamp, steps=steps, state=state), entry.told(EventKind.OBSTACLE_PUT_BACK, stamp)

    def require_calm(self) -> None:
        """NotAllowed where it has been changed back and forth for too long."""
        if self.revision >= MOST_TURNS:
            raise NotAllowed('This has been changed {count} times. It stays as it is.', count=self.revision)

    def in_pattern(self, pattern_id: str | None, stamp: ChangeStamp | None = None) -> Obstacle:
        """The obstacle as one of those that are the same, or (None) of none; touched where there is a stamp."""
        changed = self.model_copy(update={'pattern_id': pattern_id})
        return changed.touched(stamp) if stamp else changed

    def _closed(self, state: ObstacleState, how: str, stamp: ChangeStamp) -> Obstacle:
        self._require(*OPEN)
        return self._stepped(Step(state=state, at=stamp.at, by=stamp.by, words=checked_text(how, 'how')), stamp)

    def _stepped(self, step: Step, stamp: ChangeStamp) -> Obstacle:
        return self.touched(stamp, steps=(*self.steps, step)[-MOST_STEPS:], state=step.state)

    def _require(self, *states: ObstacleState) -> None:
        if self.state not in states:
            raise Clash('Somebody else has been here meanwhile. Look at how it stands now.')


def is_resting(
    state: ObstacleState, touched_at: datetime, ask_again_on: date | None, now: datetime, period: timedelta
) -> bool:
    """Whether it is time to come back to an obstacle in this state."""
    if state in CLOSED:
        return False
    return ask_again_on <= day_of(now) if ask_again_on is not None else touched_at + period <= now


def _checked_recipient(to: str) -> str:
    if not to.strip():
        raise Invalid('to', 'Write who can act on it.')
    return checked_name(to, 'to')


def _sharing(entry: Entry, person: Person, stamp: ChangeStamp) -> ChangeStamp:
    """The stamp as somebody who shares may wear it.

    Of what stands under a team's name nobody is told who of that team shares it: whoever is left would be its author.
    """
    return stamp.veiled() if entry.is_veiled and entry.team_id == person.team_id else stamp
