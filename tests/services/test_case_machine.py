"""Run random sequences of reports, acts, undos, merges and sweeps, and compare each case with a slow recount."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.case_acts import CaseAct, CaseActKind
from app.domain.case_closing import CLOSED_AS
from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Refusal
from app.domain.events import Event, EventKind
from app.domain.people import Person
from app.domain.reports import Report
from app.services.case_acts import CaseActs
from tests.cast import Cast, Clock, create_cast, create_test_services, send_report
from tests.crash.round_counts import IS_LONG

T = TypeVar('T')

ENDING = {
    *CLOSED_AS.values(), EventKind.CASE_CLEARED, EventKind.CASE_STALE, EventKind.CASE_WITHDRAWN, EventKind.CASE_UNSPLIT,
}  # fmt: skip
PAUSING = {EventKind.CASE_PAUSED_FOR_PART, EventKind.CASE_PAUSED_FOR_OTHERS, EventKind.CASE_PAUSED_FOR_OBSTACLE}
PLACES = st.integers(0, 20)
PROBLEMS = st.sampled_from(['full', 'hard_to_reach'])
TIMES = st.sampled_from([timedelta(seconds=2), timedelta(minutes=11), timedelta(days=1), timedelta(days=8)])
BY_LEO = st.booleans()


class Cases(RuleBasedStateMachine):
    """Residents and two colleagues with the cases of two containers."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.ids = count(1)
        self.report_ids: list[str] = []
        self.act_ids: list[str] = []
        self.obstacle = ''

    @initialize()
    def begin(self) -> None:
        clock = Clock()
        services = create_test_services(Path(self.folder.name) / 'store', clock)
        self.cast: Cast = self.run(create_cast(services, clock))
        for problem in ('full', 'hard_to_reach'):
            self.report(problem, False, False, None)

    @rule(problem=PROBLEMS, paper=st.booleans(), fine=st.booleans(), again=st.none() | PLACES)
    def report(self, problem: str, paper: bool, fine: bool, again: int | None) -> None:
        id, asset = self.new_id(), self.cast.paper if paper else self.cast.glass
        own = self.report_ids[again % len(self.report_ids)] if again is not None and self.report_ids else ''
        if self.attempt(send_report(self.cast.services, asset.code, problem, id, fine=fine, again=own)):
            self.report_ids.append(id)

    @rule(number=PLACES, leo=BY_LEO)
    def acknowledge(self, number: int, leo: bool) -> None:
        self.act(self.acts.acknowledge(self.person(leo), self.case(number).id, self.new_id()))

    @rule(number=PLACES, leo=BY_LEO, to_leo=BY_LEO)
    def assign(self, number: int, leo: bool, to_leo: bool) -> None:
        to = self.person(to_leo).id
        self.act(self.acts.assign(self.person(leo), self.case(number).id, self.new_id(), person_id=to))

    @rule(number=PLACES, leo=BY_LEO, days=st.integers(-1, 3))
    def promise(self, number: int, leo: bool, days: int) -> None:
        day: date = self.cast.clock.at.date() + timedelta(days=days)
        self.act(self.acts.promise(self.person(leo), self.case(number).id, self.new_id(), day))

    @rule(number=PLACES, leo=BY_LEO, waits_for_obstacle=st.booleans())
    def pause(self, number: int, leo: bool, waits_for_obstacle: bool) -> None:
        reason = PauseReason.OBSTACLE if waits_for_obstacle else PauseReason.PART
        obstacle = self.find_obstacle() if waits_for_obstacle else None
        self.act(self.acts.pause(self.person(leo), self.case(number).id, self.new_id(), reason, '', obstacle))

    @rule(number=PLACES, leo=BY_LEO)
    def resume(self, number: int, leo: bool) -> None:
        self.act(self.acts.resume(self.person(leo), self.case(number).id, self.new_id()))

    @rule(number=PLACES, leo=BY_LEO, outcome=st.sampled_from(Outcome), other=PLACES)
    def close(self, number: int, leo: bool, outcome: Outcome, other: int) -> None:
        of = self.case(other).id if outcome is Outcome.DUPLICATE else None
        words = 'Därför'
        id = self.new_id()
        self.act(self.acts.close(self.person(leo), self.case(number).id, id, outcome, words, duplicate_of=of))

    @rule(number=PLACES, leo=BY_LEO)
    def reopen(self, number: int, leo: bool) -> None:
        self.act(self.acts.reopen(self.person(leo), self.case(number).id, self.new_id()))

    @rule(number=PLACES, other=PLACES)
    def merge(self, number: int, other: int) -> None:
        self.act(self.acts.merge(self.cast.fia, self.case(number).id, self.new_id(), self.case(other).id))

    @rule(number=PLACES, which=PLACES)
    def split(self, number: int, which: int) -> None:
        case = self.case(number)
        reports = self.run(self.cast.services.case_timeline.reports(case))
        chosen = [reports[which % len(reports)].id] if reports else []
        self.act(self.acts.split(self.cast.fia, case.id, self.new_id(), chosen))

    @rule(which=PLACES)
    def undo(self, which: int) -> None:
        if not self.act_ids:
            return
        id = self.act_ids[-1 - which % len(self.act_ids)]
        act = self.run(self.cast.services.context.store.get(CaseAct, id))
        assert act
        self.act(self.acts.undo(self.person(act.by == 'leo'), act.case_id, self.new_id(), id))

    @rule()
    def remove_the_obstacle(self) -> None:
        obstacle, self.obstacle = self.find_obstacle(), ''
        self.attempt(self.cast.services.obstacles.remove(self.cast.leo, obstacle, 'Det löste sig'))
        assert self.run(self.acts.held_by(obstacle)) == 0

    @rule(span=TIMES)
    def wait(self, span: timedelta) -> None:
        self.cast.clock.at += span
        self.run(self.cast.services.cases.close_stale())
        assert self.run(self.cast.services.case_upkeep.catch_up()) == 0

    @invariant()
    def every_case_agrees_with_a_recount(self) -> None:
        context = self.cast.services.context
        cases = {case.id: case for case in self.run(context.find_all(Case))}
        reports, events = self.run(context.find_all(Report)), self.run(context.find_all(Event))
        acts = [act for act in self.run(context.find_all(CaseAct)) if act.is_done]
        for case in cases.values():
            own = [event for event in events if event.case_id == case.id]
            below = self.below(case, cases)
            counting = [one for one in reports if one.counts and (one.counted_in or one.case_id) in below]
            assert case.reports == len(counting), 'reports'
            assert all(case.reported_at >= report.at for report in counting)
            self.check_state(case, own)
            self.check_pauses(case, [act for act in acts if act.case_id == case.id], own)
            self.check_reopenings(case, [act for act in acts if act.case_id == case.id], own)

    @staticmethod
    def below(case: Case, cases: dict[str, Case]) -> set[str]:
        found = {case.id}
        for _ in cases:
            found |= {one.id for one in cases.values() if one.merged_into in found}
        return found

    @staticmethod
    def check_state(case: Case, events: list[Event]) -> None:
        assert (case.closed_at is None) is case.is_open
        assert (case.pause is not None) is (case.state is CaseState.PAUSED)
        if case.is_open:
            assert (case.outcome, case.merged_into, case.cleared, case.outcome_words) == (None, None, False, '')
        else:
            assert any(event.kind in ENDING for event in events), 'it ended silently'
        assert (case.state is CaseState.CLOSED) is (case.outcome not in (None, Outcome.FIXED))
        assert (case.merged_into is not None) is (case.outcome is Outcome.DUPLICATE)

    @staticmethod
    def check_pauses(case: Case, acts: list[CaseAct], events: list[Event]) -> None:
        stands = [act for act in acts if act.kind is CaseActKind.PAUSE]
        assert len(stands) == len(case.pauses) + (case.pause is not None)
        assert {act.at for act in stands} >= {span.since for span in case.pauses}
        assert all(span.since <= span.until for span in case.pauses)
        assert all(one.until <= other.since for one, other in zip(case.pauses, case.pauses[1:], strict=False))
        assert len(stands) <= len([event for event in events if event.kind in PAUSING])

    @staticmethod
    def check_reopenings(case: Case, acts: list[CaseAct], events: list[Event]) -> None:
        by_staff = {act.event_id for act in acts if act.kind is CaseActKind.REOPEN}
        counted = [
            event
            for event in events
            if event.kind is EventKind.CASE_STILL_SO or (event.kind is EventKind.CASE_REOPENED and event.id in by_staff)
        ]
        assert case.reopenings == len(counted)
        assert case.reopened_soon <= case.reopenings

    def teardown(self) -> None:
        if hasattr(self, 'cast'):
            self.run(self.cast.services.close())
        self.loop.close()
        self.folder.cleanup()

    @property
    def acts(self) -> CaseActs:
        return self.cast.services.case_acts

    def person(self, leo: bool) -> Person:
        return self.cast.leo if leo else self.cast.fia

    def case(self, number: int) -> Case:
        cases = sorted(self.run(self.cast.services.context.find_all(Case)), key=lambda case: case.id)
        return cases[number % len(cases)]

    def find_obstacle(self) -> str:
        if not self.obstacle:
            self.obstacle = self.new_id()
            content = Content(kind=EntryKind.OBSTACLE, text='Bilen är trasig')
            self.run(self.cast.services.entries.log(self.cast.fia, self.obstacle, content))
        return self.obstacle

    def act(self, acting: Awaitable[object]) -> None:
        if self.attempt(acting):
            self.act_ids.append(self.last_id)

    def attempt(self, doing: Awaitable[object]) -> bool:
        """Do something that may be declined. Return True if it was not. Any other error fails the test."""
        try:
            self.run(doing)
        except Refusal:
            return False
        return True

    def new_id(self) -> str:
        self.last_id = f'a-client-minted-{next(self.ids):08}'
        return self.last_id

    def run(self, doing: Awaitable[T]) -> T:
        return self.loop.run_until_complete(doing)


TestCases = Cases.TestCase
TestCases.settings = settings(
    max_examples=300 if IS_LONG else 6,
    stateful_step_count=60 if IS_LONG else 30,
    deadline=None,
    derandomize=not IS_LONG,
    suppress_health_check=list(HealthCheck),
)
