"""Test a case's life: reported, confirmed, acknowledged, resolved — or stale."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.case_closing import close, undo_closing
from app.domain.case_handling import acknowledge
from app.domain.case_numbers import CaseNumbers
from app.domain.case_outcomes import Outcome
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Problem, PublicLabel, Tone
from app.domain.document import ChangeStamp
from app.domain.errors import Clash, Invalid
from app.domain.events import EventKind, Showing, Topic
from app.domain.reports import Report, ReportInput
from app.domain.sites import Asset
from tests.cast import NOON

GLASS = Asset(
    id='glass', site_id='kransmossen', name='Färgat glas', kind='container', position=None, team_id='collectors',
    code='K7M2QX', added_at=NOON,
)  # fmt: skip
WORDS = PublicLabel(sv='Full', en='Full', fi='Täynnä', ar='ممتلئ', uk='Повно', so='Buuxa')
FULL = Problem(id='full', button=WORDS, state=WORDS, still=WORDS, tone=Tone.FULL, stale_after_hours=72)


def report(number: int = 1, hours: float = 0) -> Report:
    return Report.of(f'report-{number}', 'glass', ReportInput('full'), stamp(hours=hours).at).part_of('case')


def stamp(by: str | None = None, hours: float = 0) -> ChangeStamp:
    return ChangeStamp('event', NOON + timedelta(hours=hours), by)


@pytest.fixture
def case() -> Case:
    return Case.open('case', '2026-1', GLASS, 'collectors', report(), stamp())[0]


def test_a_first_report_opens_a_case_and_makes_one_event() -> None:
    case, event = Case.open('case', '2026-1', GLASS, 'collectors', report(), stamp())
    assert (case.state, case.reports, case.team_id) == (CaseState.REPORTED, 1, 'collectors')
    assert (event.kind, event.topic, event.case_id, event.by) == (EventKind.CASE_REPORTED, Topic.CASES, 'case', None)


def test_a_second_report_confirms_it_and_a_third_is_counted(case: Case) -> None:
    case, event = case.join(report(2, 1), stamp(hours=1))
    assert (case.state, case.reports, event.kind) == (CaseState.CONFIRMED, 2, EventKind.CASE_CONFIRMED)
    case, event = case.join(report(3, 2), stamp(hours=2))
    assert (case.state, case.reports, event.kind, event.count) == (
        CaseState.CONFIRMED,
        3,
        EventKind.CASE_REPORTED_AGAIN,
        3,
    )
    assert case.reported_at == NOON + timedelta(hours=2)
    assert case.opened_at == NOON


def test_fia_acknowledges_and_resolves_it(case: Case) -> None:
    case, event = acknowledge(case, stamp('fia'))
    assert (case.state, event.kind, event.by) == (CaseState.ACKNOWLEDGED, EventKind.CASE_ACKNOWLEDGED, 'fia')
    case, event = close(case, Outcome.FIXED, stamp('fia', hours=3))
    assert (case.state, event.kind, case.closed_at) == (
        CaseState.RESOLVED,
        EventKind.CASE_RESOLVED,
        NOON + timedelta(hours=3),
    )
    assert not case.is_open


def test_a_report_on_an_acknowledged_case_leaves_it_acknowledged(case: Case) -> None:
    case, _ = acknowledge(case, stamp('fia'))
    case, event = case.join(report(2), stamp())
    assert (case.state, event.kind) == (CaseState.ACKNOWLEDGED, EventKind.CASE_REPORTED_AGAIN)


def test_whoever_is_slower_is_refused(case: Case) -> None:
    seen, _ = acknowledge(case, stamp('fia'))
    with pytest.raises(Clash):
        acknowledge(seen, stamp('leo'))
    fixed, _ = close(seen, Outcome.FIXED, stamp('fia'))
    with pytest.raises(Clash):
        close(fixed, Outcome.FIXED, stamp('leo'))
    with pytest.raises(Clash):
        acknowledge(fixed, stamp('leo'))


def test_it_goes_stale_after_its_period_unless_somebody_takes_care(case: Case) -> None:
    assert not case.is_stale(FULL, NOON + timedelta(hours=71))
    assert case.is_stale(FULL, NOON + timedelta(hours=72))
    assert not acknowledge(case, stamp('fia'))[0].is_stale(FULL, NOON + timedelta(days=300))
    confirmed, _ = case.join(report(2, 50), stamp(hours=50))
    assert not confirmed.is_stale(FULL, NOON + timedelta(hours=100))
    stale, event = confirmed.go_stale(stamp(hours=122))
    assert (stale.state, event.kind, event.by, stale.is_open) == (CaseState.STALE, EventKind.CASE_STALE, None, False)


def test_a_note_may_have_two_thousand_characters_and_no_more(case: Case) -> None:
    noted, event = case.note(report(), 'å' * 2000, stamp())
    assert (noted.note, event.kind, event.report_id) == ('å' * 2000, EventKind.CASE_NOTED, 'report-1')
    for wrong in ('å' * 2001, '  \n '):
        with pytest.raises(Invalid) as refused:
            case.note(report(), wrong, stamp())
        assert refused.value.field == 'note'


def test_a_word_that_it_is_fine_needs_a_second_one(case: Case) -> None:
    doubted, event = case.count_fine(report(2), Tone.FULL, stamp())
    assert (doubted.state, doubted.fine, event.kind) == (CaseState.REPORTED, 1, EventKind.CASE_SAID_FINE)
    cleared, event = doubted.count_fine(report(3, 5), Tone.FULL, stamp(hours=5))
    assert (cleared.state, event.kind, cleared.took) == (CaseState.RESOLVED, EventKind.CASE_CLEARED, None)
    assert (cleared.reports, cleared.cleared) == (1, True)


def test_what_is_urgent_is_for_staff_to_close(case: Case) -> None:
    for number in range(9):
        case, event = case.count_fine(report(number), Tone.URGENT, stamp())
    assert (case.is_open, case.fine, event.kind) == (True, 9, EventKind.CASE_SAID_FINE)


def test_what_staff_have_taken_on_they_close_themselves(case: Case) -> None:
    seen, _ = acknowledge(case, stamp('fia'))
    for number in range(3):
        seen, _ = seen.count_fine(report(number), Tone.FULL, stamp())
    assert (seen.state, seen.fine) == (CaseState.ACKNOWLEDGED, 3)


def test_whoever_finds_it_unchanged_takes_the_word_back(case: Case) -> None:
    doubted, _ = case.count_fine(report(2), Tone.FULL, stamp())
    assert doubted.join(report(3), stamp())[0].fine == 0
    assert doubted.remind(report(3), stamp())[0].fine == 0


def test_nobody_confirms_themselves(case: Case) -> None:
    reminded, event = case.remind(report(2, 50), stamp(hours=50))
    assert (reminded.state, reminded.reports, event.kind) == (CaseState.REPORTED, 1, EventKind.CASE_REPORTED_AGAIN)
    assert not reminded.is_stale(FULL, NOON + timedelta(hours=100))


def test_fifty_reports_are_one_row_of_the_feed_and_words_have_their_own(case: Case) -> None:
    assert case.join(report(2), stamp())[1].showing is Showing.FOLDED
    with_words = Report.of('report-3', 'glass', ReportInput('full', 'Upp till hålet'), NOON).part_of('case')
    assert case.join(with_words, stamp())[1].showing is Showing.ROW
    assert acknowledge(case, stamp('fia'))[1].showing is Showing.ROW


def test_the_time_it_took_is_known_of_what_was_fixed_alone(case: Case) -> None:
    assert case.took is None
    assert close(case, Outcome.FIXED, stamp('fia', hours=3))[0].took == timedelta(hours=3)
    assert case.go_stale(stamp(hours=72))[0].took is None


def test_numbers_count_within_their_year() -> None:
    numbers, first = CaseNumbers(id='2026').next()
    assert (first, numbers.next()[1]) == ('2026-1', '2026-2')


@pytest.mark.parametrize('before', [CaseState.REPORTED, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED])
def test_a_case_that_was_closed_by_mistake_is_as_it_was_before(case: Case, before: CaseState) -> None:
    case = case.model_copy(update={'state': before, 'fine': 1})
    closed, _ = close(case, Outcome.FIXED, stamp('fia', hours=1))
    reopened, event = undo_closing(closed, before, stamp('fia', hours=1.001))
    assert (event.kind, event.by, event.showing) == (EventKind.CASE_REOPENED, 'fia', Showing.ROW)
    assert reopened == case.model_copy(update={'changed_at': event.at})
    assert reopened.took is None
    assert close(reopened, Outcome.FIXED, stamp('fia', hours=4))[0].took == timedelta(hours=4)
