"""Test that a resident's words are found where the case is worked on, and how many are read for that."""

from __future__ import annotations

import pytest

from app.domain.reports import Report
from app.services.context import NOTES
from tests.cast import Cast, send_report
from tests.sample_photos import photo


def report_id(number: int) -> str:
    return f'a-phone-minted-this-{number}'


async def words(cast: Cast) -> list[str]:
    (case,) = await cast.services.cases.open()
    return [report.note for report in await cast.services.cases.noted_reports(case.id)]


async def send(cast: Cast, number: int, note: str = '', fine: bool = False) -> None:
    await send_report(cast.services, cast.glass.code, 'full', report_id(number), note, fine=fine)
    cast.clock.pass_(minutes=1)


async def test_notes_are_found_the_newest_first(cast: Cast) -> None:
    for number, note in enumerate(('Först', '', 'Sen', '')):
        await send(cast, number, note)
    await send(cast, 4, 'Nu är det bättre', fine=True)
    assert await words(cast) == ['Nu är det bättre', 'Sen', 'Först']


async def test_a_note_that_comes_later_or_is_changed_counts_as_it_is_now(cast: Cast) -> None:
    await send(cast, 1)
    await send(cast, 2, 'Helt fullt')
    assert await words(cast) == ['Helt fullt']
    await cast.services.cases.add_note(report_id(1), 'Påsar på marken')
    assert await words(cast) == ['Påsar på marken', 'Helt fullt']
    await cast.services.cases.add_note(report_id(1), 'Två påsar på marken')
    await cast.services.cases.add_note(report_id(2), 'Halvfullt')
    assert set(await words(cast)) == {'Två påsar på marken', 'Halvfullt'}


@pytest.mark.parametrize('silent', [0, 5, 200])
async def test_reports_without_words_hide_none(cast: Cast, silent: int) -> None:
    await send(cast, 0, 'Den första')
    for number in range(1, 1 + silent):
        await send(cast, number)
    assert await words(cast) == ['Den första']


async def test_photos_and_what_staff_do_hide_none(cast: Cast) -> None:
    await send(cast, 0, 'Den första')
    for number in range(1, 6):
        await send(cast, number)
        await cast.services.report_intake.add_photo(report_id(number), photo())
    (case,) = await cast.services.cases.open()
    await cast.services.cases.acknowledge(cast.fia, case.id)
    assert await words(cast) == ['Den första']


async def test_only_a_few_are_read(cast: Cast) -> None:
    for number in range(40):
        await send(cast, number, f'Ord {number}')
    assert await words(cast) == [f'Ord {number}' for number in (39, 38, 37)[:NOTES]]
    assert len(await cast.services.context.find_all(Report)) == 40


async def test_other_cases_have_other_words(cast: Cast) -> None:
    await send(cast, 1, 'Fullt')
    await send_report(cast.services, cast.glass.code, 'dangerous', report_id(2), 'Farligt')
    await send_report(cast.services, cast.paper.code, 'full', report_id(3), 'Papper')
    found = {
        case.problem + case.asset_id: await cast.services.cases.noted_reports(case.id)
        for case in await cast.services.cases.open()
    }
    assert sorted(report.note for (report,) in found.values()) == ['Farligt', 'Fullt', 'Papper']
