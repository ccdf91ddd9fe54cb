"""Measure everything in one run, print the table and write it to bench/RESULTS.md."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sqlite3
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from app.store.tinydb.store import TinyStore
from bench import case_list, memory_growth, page_throughput, search, store_contenders
from bench.open_time import opening
from bench.results_table import Figures, Place, report
from bench.sample_documents import plain

MANY = 100_000
SOME = 10_000
ROUNDS = 5
INSERTS = 1_000
SAVES = 10_000

RESULTS = Path(__file__).with_name('RESULTS.md')


def main() -> None:
    """Measure in rounds, one contender after the other, so that a busy moment of the machine affects all of them."""
    # In this folder and not in /tmp, which may be in memory.
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix='.bench-') as folder, ExitStack() as stack:
        figures = asyncio.run(_measure(Path(folder), stack))
        text = report(figures, _place()) + page_throughput.report(page_throughput.measure(Path(folder)))
        text += search.report(search.measure(Path(folder) / 'search'))
        text += case_list.report(case_list.measure(Path(folder)))
        text += memory_growth.report(memory_growth.measure(Path(folder)))
    print(text)
    RESULTS.write_text(text, encoding='utf-8')


async def _measure(folder: Path, stack: ExitStack) -> Figures:
    figures: Figures = defaultdict(list)
    tables = {
        count: stack.enter_context(store_contenders.journal_table(folder / f'journal-{count}', count))
        for count in (0, SOME, MANY)
    }
    stock = stack.enter_context(store_contenders.stock_table(folder / 'stock', MANY))
    sqlite = {
        count: stack.enter_context(store_contenders.sqlite(folder / f'sqlite-{count}', count)) for count in (SOME, MANY)
    }
    _measure_opening(figures, folder / 'store')
    store = TinyStore(folder / 'store')
    for round in range(ROUNDS):
        figures['sync'].append(store_contenders.sync_takes(folder))
        for count, table in tables.items():
            figures[f'insert at {count}'].append(store_contenders.inserts_per_second(table, INSERTS))
        figures['stock'].append(store_contenders.inserts_per_second(stock, 2))
        await _measure_store(figures, store, sqlite, round)
    figures['journal'] = [await _journal_bytes(folder / 'store', store)]
    await store.close()
    return figures


def _measure_opening(figures: Figures, folder: Path) -> None:
    store_contenders.fill(folder, MANY)
    figures['json'] = [float(MANY * len(json.dumps(plain(MANY), ensure_ascii=False).encode()))]
    figures['snapshot'] = [float(next(folder.glob('snapshot-*')).stat().st_size)]
    for _ in range(ROUNDS):
        taken, memory = opening(folder)
        figures['open'].append(taken)
        figures['memory'].append(memory)


async def _measure_store(figures: Figures, store: TinyStore, sqlite: dict[int, sqlite3.Connection], round: int) -> None:
    figures['sqlite insert'].append(store_contenders.sqlite_inserts_per_second(sqlite[SOME], INSERTS))
    figures['savers'].append(await store_contenders.saves_per_second(store, round * MANY, SAVES))
    figures['find'].append(await store_contenders.finding_takes(store, 200))
    figures['sqlite find'].append(store_contenders.sqlite_finding_takes(sqlite[MANY], 200))
    busy, calm = await store_contenders.longest_pauses(store, round * MANY + SAVES)
    figures['pause'].append(busy)
    figures['calm'].append(calm)


async def _journal_bytes(folder: Path, store: TinyStore) -> float:
    """Return the bytes that a document takes in a journal with one batch for each document."""
    store.compact()
    [journal] = folder.glob('journal-*')
    before, count = journal.stat().st_size, 100
    await store_contenders.saves_per_second(store, ROUNDS * MANY, count)
    return (journal.stat().st_size - before) / count


def _place() -> Place:
    return Place(
        when=datetime.now(UTC).date().isoformat(),
        machine=f'{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}',
        versions=f'Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}',
        rounds=ROUNDS,
    )


if __name__ == '__main__':
    main()
