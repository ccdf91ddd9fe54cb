"""Test the list of cases: its views, filters, pages and counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import Pause, PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.people import Role
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.services.case_filter import EVERY, ME, NONE, CaseFilter, CaseView
from app.services.case_list import CaseList, CasePage, CaseQuery
from app.services.people import PersonDraft
from tests.cast import NOON, Cast, send_report


async def case(cast: Cast, id: str, **fields: Any) -> Case:
    """Save a case of the glass container, reported at noon, with these fields changed."""
    kept = Case(
        id=id, number=f'2026-{id}', asset_id=cast.glass.id, site_id=cast.kransmossen.id, team_id=cast.collectors.id,
        problem='full', state=CaseState.REPORTED, reports=1, opened_at=NOON, reported_at=NOON, changed_at=NOON,
    ).model_copy(update=fields)  # fmt: skip
    await cast.services.context.store.save(kept)
    return kept


def paused(hours: int) -> dict[str, Any]:
    """Return the fields of a case that was paused so many hours after noon."""
    since = NOON + timedelta(hours=hours)
    pause = Pause(reason=PauseReason.PART, since=since, by='fia', state_before=CaseState.ACKNOWLEDGED)
    return {'state': CaseState.PAUSED, 'pause': pause}


def closed(hours: int, **fields: Any) -> dict[str, Any]:
    """Return the fields of a case that was fixed so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    return {'state': CaseState.RESOLVED, 'outcome': Outcome.FIXED, 'closed_at': at, 'changed_at': at, **fields}


def ids(page: CasePage) -> list[str]:
    """Return the ids of the cases on a page, in order."""
    return [row.case.id for row in page.rows]


@pytest.fixture
def cases(cast: Cast) -> CaseList:
    """Return the queries on the list."""
    return cast.services.case_list


async def look(cast: Cast, **filters: Any) -> list[str]:
    """Return the ids of the cases that Fia sees with these filters."""
    return ids(await cast.services.case_list.page(cast.fia, CaseFilter(**filters)))


async def test_each_view_has_its_cases_in_its_order(cast: Cast, cases: CaseList) -> None:
    await case(cast, 'older')
    await case(cast, 'newer', opened_at=NOON + timedelta(hours=1), state=CaseState.ACKNOWLEDGED)
    await case(cast, 'urgent', opened_at=NOON + timedelta(hours=2), problem='dangerous')
    await case(cast, 'waits', **paused(5))
    await case(cast, 'waits-longer', **paused(1))
    await case(cast, 'over', **closed(1))
    await case(cast, 'over-later', **closed(2))
    await case(cast, 'stale', **closed(3, state=CaseState.STALE, outcome=None))
    assert await look(cast) == ['urgent', 'older', 'newer']
    assert await look(cast, view=CaseView.WAITING) == ['waits-longer', 'waits']
    assert await look(cast, view=CaseView.CLOSED) == ['stale', 'over-later', 'over']
    counts = (await cases.page(cast.fia, CaseFilter())).counts
    assert counts == {CaseView.TODO: 3, CaseView.WAITING: 2, CaseView.LATE: 0, CaseView.CLOSED: 3}


async def test_a_case_is_late_once_its_promised_day_is_over(cast: Cast) -> None:
    await case(cast, 'promised', promised_for=date(2026, 5, 5), problem='something_else')
    await case(cast, 'earlier', promised_for=date(2026, 5, 4), problem='something_else')
    await case(cast, 'kept', **closed(1, promised_for=date(2026, 5, 4)))
    assert await look(cast, view=CaseView.LATE) == []
    cast.clock.at = NOON.replace(hour=22)  # midnight in Sweden
    assert await look(cast, view=CaseView.LATE) == ['earlier']
    cast.clock.pass_(days=1)
    assert await look(cast, view=CaseView.LATE) == ['earlier', 'promised']


async def test_a_case_is_late_once_its_deadline_is_missed(cast: Cast, cases: CaseList) -> None:
    await case(cast, 'late', state=CaseState.ACKNOWLEDGED)
    await case(cast, 'later', state=CaseState.ACKNOWLEDGED, opened_at=NOON - timedelta(days=7))
    await case(cast, 'in-time', state=CaseState.ACKNOWLEDGED, opened_at=NOON + timedelta(days=14))
    await case(cast, 'stopped', **paused(1))
    cast.clock.pass_(days=14)
    page = await cases.page(cast.fia, CaseFilter(view=CaseView.LATE))
    assert ids(page) == ['later', 'late']
    assert page.counts[CaseView.LATE] == 2
    later, late = [row.lateness.deadlines.late_hours or 0 for row in page.rows]
    assert later > late > 0


async def test_one_sees_ones_team_and_what_is_ones_own_first(cast: Cast, cases: CaseList) -> None:
    other = await cast.services.people.add_team(cast.alva, 'Verkstan', 'Energi och Miljö', 'workshop')
    await case(cast, 'ours')
    await case(cast, 'theirs', team_id=other.id)
    await case(cast, 'nobodys', team_id=None)
    await case(cast, 'mine', team_id=other.id, assignee_id=cast.fia.id)
    assert await look(cast) == ['mine', 'ours']
    assert await look(cast, team=EVERY) == ['mine', 'nobodys', 'ours', 'theirs']
    assert await look(cast, team=NONE) == ['nobodys']
    assert await look(cast, team=other.id) == ['mine', 'theirs']
    assert await look(cast, person=ME) == ['mine']
    assert await look(cast, person=cast.leo.id) == []
    assert len((await cases.page(cast.alva, CaseFilter())).rows) == 4, 'who has no team sees every team'


async def test_filters_narrow_the_list_and_the_counts(cast: Cast, cases: CaseList) -> None:
    torg = await cast.services.sites.add(cast.alva, SiteDraft('Ålgårdstorget', SiteKind.PLAYGROUND))
    swing = await cast.services.sites.add_asset(cast.alva, torg.id, AssetDraft('Gunga', 'swing'))
    await case(cast, 'glass')
    await case(cast, 'paper', asset_id=cast.paper.id, problem='smells', opened_at=NOON - timedelta(days=3))
    await case(cast, 'swing', asset_id=swing.id, site_id=torg.id, state=CaseState.ACKNOWLEDGED)
    await case(cast, 'over', asset_id=swing.id, site_id=torg.id, **closed(1))
    assert await look(cast, site=torg.id) == ['swing']
    assert await look(cast, asset_kind='container_newspapers') == ['paper']
    assert await look(cast, problem='smells') == ['paper']
    assert await look(cast, state=CaseState.ACKNOWLEDGED) == ['swing']
    assert await look(cast, until=date(2026, 5, 3)) == ['paper']
    assert await look(cast, since=date(2026, 5, 4)) == ['glass', 'swing']
    counts = (await cases.page(cast.fia, CaseFilter(site=torg.id))).counts
    assert (counts[CaseView.TODO], counts[CaseView.CLOSED]) == (1, 1)


@pytest.mark.parametrize(
    ('words', 'found'),
    [
        ('färgat', ['1']),
        ('KRANS glas', ['1']),
        ('a\u030algårds gunga', ['2']),
        ('fargat', []),
        ('2026-2', ['2']),
        ('fia gunga', ['2']),
        ('insamlingen', ['1', '2']),
        ('glas gunga', []),
    ],
)
async def test_words_find_names_in_any_order_and_numbers(cast: Cast, words: str, found: list[str]) -> None:
    torg = await cast.services.sites.add(cast.alva, SiteDraft('Ålgårdstorget', SiteKind.PLAYGROUND))
    swing = await cast.services.sites.add_asset(cast.alva, torg.id, AssetDraft('Gunga', 'swing'))
    await case(cast, '1')
    await case(cast, '2', asset_id=swing.id, site_id=torg.id, assignee_id=cast.fia.id)
    assert await look(cast, q=words) == found


@pytest.mark.parametrize('view', [CaseView.TODO, CaseView.CLOSED])
@pytest.mark.parametrize('by_place', [False, True])
async def test_pages_follow_each_other_while_cases_change(
    cast: Cast, cases: CaseList, view: CaseView, by_place: bool
) -> None:
    for number in range(7):
        later = {'opened_at': NOON + timedelta(minutes=number)}
        await case(cast, str(number), **(later if view is CaseView.TODO else closed(number)))
    chosen, seen, before = CaseFilter(view=view, by_place=by_place), [], None
    expected = sorted('0123456', reverse=view is CaseView.CLOSED)
    while True:
        page = await cases.page(cast.fia, chosen, before, 3)
        seen += ids(page)
        before = page.older
        if before is None:
            break
        gone = await cast.services.cases.get(expected[0])
        away = gone.model_copy(update=closed(99) if view is CaseView.TODO else {'state': CaseState.REPORTED})
        await cast.services.context.store.save(away)  # what was on an earlier page changes
    assert seen == expected


async def test_places_follow_each_other_by_name(cast: Cast, cases: CaseList) -> None:
    for name in ('Östra torget', 'Ängen', 'Almas park'):
        await cast.services.sites.add(cast.alva, SiteDraft(name, SiteKind.OTHER))
    for number, site in enumerate(('ostra-torget', 'angen', 'almas-park', 'kransmossen', 'angen')):
        await case(cast, f'{number}', site_id=site)
    page = await cases.page(cast.fia, CaseFilter(by_place=True))
    assert [row.site.name for row in page.rows if row.site] == [
        'Almas park', 'Kransmossen', 'Ängen', 'Ängen', 'Östra torget',
    ]  # fmt: skip


async def test_the_list_follows_every_change(cast: Cast, cases: CaseList) -> None:
    await cases.prepare()
    receipt = await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    assert await look(cast) == [receipt.case.id]
    assert (await cases.update(cast.fia, CaseFilter(), [receipt.case])).rows[0].rank
    over = await cast.services.cases.resolve(cast.fia, receipt.case.id)
    assert await look(cast) == []
    assert await look(cast, view=CaseView.CLOSED) == [receipt.case.id]
    gone = await cases.update(cast.fia, CaseFilter(), [over])
    assert (gone.rows[0].rank, gone.counts[CaseView.TODO], gone.counts[CaseView.CLOSED]) == ('', 0, 1)
    again = await cast.services.cases.reopen(cast.fia, receipt.case.id)
    assert await look(cast) == [again.id]
    assert await look(cast, view=CaseView.CLOSED) == []


async def test_a_case_that_is_erased_leaves_the_list(cast: Cast, cases: CaseList) -> None:
    kept = await case(cast, 'gone')
    assert await look(cast) == ['gone']
    await cast.services.context.store.erase(kept)
    assert await look(cast) == []
    assert (await cases.page(cast.fia, CaseFilter())).counts[CaseView.TODO] == 0


async def test_programs_read_the_newest_first_in_pages(cast: Cast, cases: CaseList) -> None:
    for number in range(5):
        await case(cast, str(number), opened_at=NOON + timedelta(minutes=number))
    await case(cast, 'over', **closed(1))
    found, older = await cases.newest(cast.fia, CaseQuery({CaseState.REPORTED}), None, 3)
    assert [one.case.id for one in found] == ['4', '3', '2']
    found, older = await cases.newest(cast.fia, CaseQuery({CaseState.REPORTED}), older, 3)
    assert ([one.case.id for one in found], older) == (['1', '0'], None)
    found, _ = await cases.newest(cast.fia, CaseQuery(set(CaseState), q='2026-3 glas'))
    assert [one.case.id for one in found] == ['3']


async def test_a_row_names_who_takes_care_of_it(cast: Cast, cases: CaseList) -> None:
    new = await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD), 'vera')
    await case(cast, 'hers', assignee_id=new.id)
    ((row,), *_) = await cases.page(cast.fia, CaseFilter())
    named = [one.id for one in (row.assignee, row.team, row.asset, row.site) if one]
    assert named == [new.id, cast.collectors.id, cast.glass.id, cast.kransmossen.id]
