"""Test that one network alone neither confirms a case nor closes somebody else's."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.events import Event, EventKind
from app.services.cases import Receipt
from app.services.container import Services
from app.services.report_intake import HeldReceipt, IncomingReport, IntakeResult
from app.services.report_origins import MOST_CASES, Origin, ReportOrigins
from app.services.spam_filter import Sender
from tests.cast import NOON, Cast

HOME, WORK, LIBRARY = '4:c00002', '6:20010db80001', '4:c63364'
STAFF = ''

_numbers = itertools.count()


async def says(
    cast: Cast, network: str, *, fine: bool = False, services: Services | None = None, problem: str = 'full',
    again: str = '', trap: str = '',
) -> IntakeResult:  # fmt: skip
    """Let somebody in this network report from a page that they have opened. Each has an id of their own."""
    intake = (services or cast.services).report_intake
    stamp = await intake.stamp()
    cast.clock.pass_(seconds=20)
    report = IncomingReport.read(
        f'a-phone-minted-this-{next(_numbers)}', cast.glass.code, problem, fine=fine, again=again
    )
    return await intake.receive(report, Sender(network, stamp, trap) if network else None)


async def the_case(cast: Cast) -> Case:
    (case,) = await cast.services.context.find_all(Case)
    return case


@pytest.mark.parametrize(
    ('networks', 'confirmed'),
    [
        ((HOME, HOME), False),
        ((HOME, HOME, HOME, HOME), False),
        ((WORK, WORK), False),
        (('unknown', 'unknown'), False),
        ((HOME, WORK), True),
        ((HOME, HOME, WORK), True),
        ((HOME, STAFF), True),
        ((STAFF, HOME), True),
        ((STAFF, STAFF), True),
        ((HOME, HOME, STAFF), True),
    ],
)
async def test_another_network_confirms(cast: Cast, networks: tuple[str, ...], confirmed: bool) -> None:
    for network in networks:
        await says(cast, network)
    case = await the_case(cast)
    assert case.reports == len(networks)
    assert case.state is (CaseState.CONFIRMED if confirmed else CaseState.REPORTED)


@pytest.mark.parametrize(
    ('networks', 'closed'),
    [
        ((HOME, HOME), False),
        ((HOME, HOME, HOME, HOME), False),
        ((WORK, WORK, WORK), False),
        ((HOME, WORK), True),
        ((HOME, HOME, LIBRARY), True),
        ((LIBRARY, STAFF), True),
        ((STAFF, LIBRARY), True),
        ((STAFF, STAFF), True),
    ],
)
async def test_another_network_closes(cast: Cast, networks: tuple[str, ...], closed: bool) -> None:
    await says(cast, LIBRARY)
    for network in networks:
        await says(cast, network, fine=True)
    case = await the_case(cast)
    assert case.fine == len(networks)
    assert case.is_open is not closed


async def test_another_report_takes_back_where_it_was_said_to_be_fine(cast: Cast) -> None:
    await says(cast, HOME)
    await says(cast, HOME, fine=True)
    await says(cast, HOME)
    await says(cast, WORK, fine=True)
    await says(cast, WORK, fine=True)
    assert (await the_case(cast)).is_open
    await says(cast, HOME, fine=True)
    assert (await the_case(cast)).state is CaseState.RESOLVED


async def test_one_person_in_two_networks_confirms_and_closes_nothing(cast: Cast) -> None:
    own = (await says(cast, HOME)).report.id
    await says(cast, WORK, again=own)
    await says(cast, HOME)
    assert (await the_case(cast)).state is CaseState.REPORTED
    fine = (await says(cast, HOME, fine=True)).report.id
    await says(cast, WORK, fine=True, again=fine)
    await says(cast, HOME, fine=True)
    assert (await the_case(cast)).is_open


@pytest.mark.parametrize('later', ['the next day', 'after a restart'])
async def test_what_cannot_be_known_any_more_confirms_and_closes_nothing(cast: Cast, later: str) -> None:
    await says(cast, HOME)
    await says(cast, HOME, fine=True)
    services = cast.services
    if later == 'the next day':
        cast.clock.pass_(days=1)
    else:
        services = Services.create(cast.services.context, cast.services.base)
    await says(cast, WORK, fine=True, services=services)
    assert (await the_case(cast)).is_open  # it may be the same network: the hashes of two days can't be compared
    await says(cast, HOME, fine=True, services=services)
    assert not (await the_case(cast)).is_open


async def test_each_problem_has_origins_of_its_own(cast: Cast) -> None:
    await says(cast, HOME)
    await says(cast, WORK, problem='dangerous')
    await says(cast, HOME)
    await says(cast, WORK, problem='dangerous')
    assert {case.state for case in await cast.services.context.find_all(Case)} == {CaseState.REPORTED}


async def test_what_a_lead_lets_through_counts_and_closes_nothing_by_itself(cast: Cast) -> None:
    assert isinstance(await says(cast, HOME), Receipt)
    held = [await says(cast, HOME, fine=True, trap='x') for _ in range(3)]
    assert all(isinstance(each, HeldReceipt) for each in held)
    (flood,) = await cast.services.quarantine.floods()
    await cast.services.quarantine.release(cast.leo, flood.groups[0].group)
    case = await the_case(cast)
    assert (case.fine, case.is_open) == (3, True)
    kinds = [event.kind for event in await cast.services.context.find_all(Event)]
    assert EventKind.CASE_CLEARED not in kinds


async def test_no_origin_is_kept(cast: Cast, tmp_path: Path) -> None:
    await says(cast, HOME)
    await says(cast, WORK)
    (journal,) = (tmp_path / 'store').glob('journal-*')
    kept = journal.read_bytes()
    assert b'a-phone-minted-this' in kept
    assert not any(word.encode() in kept for word in (HOME, WORK, 'origin', 'network'))


def test_what_is_remembered_is_bounded() -> None:
    origins, here = ReportOrigins(), Origin(NOON.date(), b'here')
    for number in range(MOST_CASES):
        origins.add(f'case-{number}', False, here)
    for number in range(1_000):
        origins.add('flooded', False, Origin(NOON.date(), str(number).encode()))
    assert len(origins._of_cases) == MOST_CASES
    assert sum(map(len, origins._of_cases.values())) < MOST_CASES + 2
    elsewhere = Origin(NOON.date(), b'elsewhere')
    assert not origins.has_another('case-0', False, elsewhere)
    assert origins.has_another('case-1', False, elsewhere)
