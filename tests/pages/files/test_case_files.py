"""Test the files with cases: what a spreadsheet program reads in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import httpx
import pytest

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.sites import AssetDraft
from tests.cast import Cast, send_report

SHEET = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
EPOCH = date(1899, 12, 30)
"""The day from which Excel counts."""


@pytest.fixture
async def fia(cast: Cast) -> httpx.AsyncClient:
    """Return Fia's browser. A thing at Kransmossen has a name that a spreadsheet could take for a formula."""
    draft = AssetDraft('=HYPERLINK("http://x","y")', 'container_metal')
    await cast.services.sites.change_asset(cast.alva, cast.paper.id, draft)
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    risky = (await send_report(cast.services, cast.paper.code, 'broken', 'a-phone-minted-this-2')).case
    kept = await cast.services.cases.get(risky.id)
    promised = kept.model_copy(update={'promised_for': date(2026, 5, 8), 'assignee_id': cast.fia.id})
    await cast.services.context.store.save(promised)
    return await cast.signed_in(cast.fia)


def lines(answer: httpx.Response) -> list[list[str]]:
    """Return the cells of a CSV file."""
    assert answer.content.startswith(b'\xef\xbb\xbf')
    assert b'\r\n' in answer.content
    return list(csv.reader(io.StringIO(answer.content.decode('utf-8-sig'), newline=''), delimiter=';'))


def sheet(answer: httpx.Response) -> tuple[ElementTree.Element, list[dict[str, str]]]:
    """Return the sheet of a workbook, and the texts of its cells by their columns."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        root = ElementTree.fromstring(book.read('xl/worksheets/sheet1.xml'))
    return root, [{column(cell): ''.join(cell.itertext()) for cell in row} for row in root.iter(f'{SHEET}row')]


def column(cell: ElementTree.Element) -> str:
    """Return the letter of a cell's column."""
    return re.sub(r'\d', '', cell.attrib['r'])


async def test_csv_has_what_the_list_shows(fia: httpx.AsyncClient) -> None:
    answer = await fia.get('/cases.csv')
    assert answer.headers['content-disposition'] == 'attachment; filename="haren-cases-2026-05-04.csv"'
    heading, *rows = lines(answer)
    assert heading[:4] == ['Nummer', 'Plats', 'Sak', 'Problem']
    assert [row[2] for row in rows] == ['Färgat glas', '\'=HYPERLINK("http://x","y")']
    assert rows[0][6] == '2026-05-04 14:00'
    assert rows[1][9:11] == ['Fia Fält', '2026-05-08']


async def test_a_workbook_has_dates_texts_and_a_heading_that_stays(fia: httpx.AsyncClient) -> None:
    root, (heading, glass, paper) = sheet(await fia.get('/cases.xlsx'))
    assert heading['A'] == 'Nummer'
    assert paper['C'] == '=HYPERLINK("http://x","y")'
    assert not list(root.iter(f'{SHEET}f')), 'no cell is a formula'
    assert float(glass['G']) == pytest.approx((date(2026, 5, 4) - EPOCH).days + 14 / 24)  # noon in UTC
    assert float(paper['K']) == (date(2026, 5, 8) - EPOCH).days
    pane = next(root.iter(f'{SHEET}pane'))
    assert (pane.attrib['ySplit'], pane.attrib['state']) == ('1', 'frozen')


async def test_files_follow_the_filters_of_the_screen(cast: Cast, fia: httpx.AsyncClient) -> None:
    assert len(lines(await fia.get('/cases.csv', params={'problem': 'broken'}))) == 2
    assert len(lines(await fia.get('/cases.csv', params={'view': 'closed'}))) == 1
    over = Case(
        id='over', number='2026-9', asset_id='gone', site_id='gone', team_id=cast.collectors.id, problem='full',
        state=CaseState.STALE, reports=1, opened_at=cast.clock.at, reported_at=cast.clock.at, changed_at=cast.clock.at,
        closed_at=cast.clock.at + timedelta(hours=1),
    )  # fmt: skip
    await cast.services.context.store.save(over)
    _, row = lines(await fia.get('/cases.csv', params={'view': 'closed'}))
    assert (row[0], row[1], row[13]) == ('2026-9', '', '2026-05-04 15:00')


async def test_strangers_get_no_file(cast: Cast) -> None:
    stranger = cast.browser()
    for ending in ('csv', 'xlsx'):
        assert (await stranger.get(f'/cases.{ending}')).status_code == 401
