"""Write a table as a workbook of Excel."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.local_dates import ZONE

OPTIONS = {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False}
"""A row leaves memory before the next one is written, and what begins like a formula or a link stays text."""

WIDTH = 18
"""Characters that a column is wide."""


def xlsx_file(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet. Its first row has the names of the columns, and stays in view."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, WIDTH)
        bold = book.add_format({'bold': True})
        moment, day = book.add_format({'num_format': 'yyyy-mm-dd hh:mm'}), book.add_format({'num_format': 'yyyy-mm-dd'})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, place, column, value, moment, day)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: object, moment: Format, day: Format) -> None:
    """Write a cell. Times are those of Sweden: a cell of Excel has no time zone."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(ZONE).replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, str(value))
