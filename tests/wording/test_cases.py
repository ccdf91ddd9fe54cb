"""Test the sentence that says how a case stands, and days as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import Pause, PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.i18n import translator
from app.store.catalogue_files import load_catalogue
from app.wording.cases import CaseFacts, case_sentence, moment_words, promised_day
from tests.cast import NOON

SWEDISH, ENGLISH = translator('sv'), translator('en')
TODAY = date(2026, 5, 4)  # a Monday
MORNING = NOON.replace(hour=7, minute=12)


def a_case(state: CaseState, **fields: Any) -> Case:
    times: dict[str, Any] = dict.fromkeys(('opened_at', 'reported_at', 'changed_at'), MORNING)
    return Case(
        id='a-case', number='2026-7', asset_id='glass', site_id='kransmossen', team_id=None, problem='full',
        state=state, reports=2, **times, **fields,
    )  # fmt: skip


def sentence(case: Case, language: str = 'sv', **names: str) -> str:
    problem = load_catalogue().problem(case.problem)
    return case_sentence(CaseFacts(case, problem, NOON, **names), translator(language))


WAITS = Pause(
    reason=PauseReason.PART, words='en gångjärnstapp', since=MORNING, by='fia', state_before=CaseState.REPORTED
)
ENDED = {'closed_at': MORNING, 'outcome': Outcome.NOT_OURS}


@pytest.mark.parametrize(
    ('case', 'names', 'expected'),
    [
        (a_case(CaseState.REPORTED), {}, 'Anmält 09:12, ingen har tagit det än'),
        (
            a_case(CaseState.ACKNOWLEDGED, acknowledged_at=MORNING, promised_for=date(2026, 5, 7)),
            {'taken_by': 'Filip'},
            'Tas om hand av Filip sedan 09:12, lovat till torsdag',
        ),
        (a_case(CaseState.PAUSED, pause=WAITS), {}, 'Pausat sedan 09:12: väntar på en reservdel (en gångjärnstapp)'),
        (a_case(CaseState.RESOLVED, closed_at=MORNING), {'closed_by': 'Fia'}, 'Tömt av Fia 09:12'),
        (a_case(CaseState.RESOLVED, closed_at=MORNING), {}, 'Tömt av en kollega 09:12'),  # it was closed long ago
        (a_case(CaseState.CLOSED, **ENDED), {'closed_by': 'Fia'}, 'Stängt av Fia 09:12: inte vårt'),
        (
            a_case(CaseState.RESOLVED, closed_at=MORNING, cleared=True),
            {},
            'Stängt 09:12, eftersom invånare säger att det är bra nu',
        ),
    ],
    ids=['reported', 'taken', 'paused', 'emptied', 'emptied-long-ago', 'not-ours', 'cleared'],
)
def test_one_sentence_says_how_a_case_stands(case: Case, names: dict[str, str], expected: str) -> None:
    assert sentence(case, **names) == expected


def test_a_promise_is_left_out_once_a_case_is_closed() -> None:
    closed = a_case(CaseState.RESOLVED, closed_at=MORNING, promised_for=date(2026, 5, 7))
    assert 'promised' not in sentence(closed, 'en')


@pytest.mark.parametrize(
    ('day', 'swedish', 'english'),
    [
        (TODAY, 'i dag', 'today'),
        (date(2026, 5, 5), 'i morgon', 'tomorrow'),
        (date(2026, 5, 10), 'söndag', 'Sunday'),
        (date(2026, 5, 11), '11 maj', '11 May'),
        (date(2026, 5, 3), '3 maj', '3 May'),
        (date(2027, 1, 4), '4 jan. 2027', '4 Jan 2027'),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, swedish: str, english: str) -> None:
    assert (promised_day(day, TODAY, SWEDISH), promised_day(day, TODAY, ENGLISH)) == (swedish, english)


@pytest.mark.parametrize(
    ('moment', 'words'),
    [(MORNING, '09:12'), (MORNING - timedelta(days=1), 'i går 09:12'), (MORNING - timedelta(days=2), '2 maj 09:12')],
)
def test_a_moment_of_the_past(moment: datetime, words: str) -> None:
    assert moment_words(moment, NOON, SWEDISH) == words
