"""Serve a report form with SQLite, to measure Haren's durable report beside it.

Usage: PORT=… python -m bench.sqlite_server FILE inline|thread. A POST answers 303 once its report is on the disk: three
rows in one transaction in FILE. `inline` commits on the event loop, `thread` in a thread.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from uuid import uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

Keep = Callable[[str, FormData], Awaitable[str]]

TABLES = """
create table cases (id text primary key, code text, problem text, reports integer, body text, unique (code, problem));
create table reports (id text primary key, case_id text, at text, body text);
create index reports_by_case on reports (case_id, at);
create table events (id text primary key, at text, body text);
create index events_by_time on events (at);
"""

COUNT_IN_CASE = """
insert into cases values (?, ?, ?, 1, ?) on conflict (code, problem) do update set reports = reports + 1,
body = json_set(body, '$.reports', reports + 1, '$.reported_at', json_extract(excluded.body, '$.reported_at'))
returning id, reports
"""


def opened(file: Path) -> sqlite3.Connection:
    """Return a connection to a new database that syncs each commit."""
    db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    db.execute('pragma journal_mode = wal')
    db.execute('pragma synchronous = full')
    db.executescript(TABLES)
    return db


def keep(db: sqlite3.Connection, code: str, form: FormData) -> str:
    """Commit a report, its case and an event. Return the report's id, which is made of the form and the button."""
    problem, at = str(form['problem']), datetime.now(UTC).isoformat()
    report_id, case_id, event_id = f'{form["id"]}-{problem}', uuid4().hex, uuid4().hex
    case = {'id': case_id, 'code': code, 'problem': problem, 'reports': 1, 'opened_at': at, 'reported_at': at}
    db.execute('begin immediate')
    try:
        case_id, reports = db.execute(COUNT_IN_CASE, (case_id, code, problem, json.dumps(case))).fetchone()
        report = {'id': report_id, 'code': code, 'problem': problem, 'case_id': case_id, 'at': at}
        db.execute('insert into reports values (?, ?, ?, ?)', (report_id, case_id, at, json.dumps(report)))
        event = {'id': event_id, 'kind': 'reported', 'at': at, 'case_id': case_id, 'report_id': report_id,
                 'code': code, 'count': reports}  # fmt: skip
        db.execute('insert into events values (?, ?, ?)', (event_id, at, json.dumps(event)))
        db.execute('commit')
    except BaseException:
        db.execute('rollback')
        raise
    return report_id


def server(keep_report: Keep) -> Starlette:
    """Return the application with the one route that is measured."""

    async def post(request: Request) -> Response:
        code = request.path_params['code']
        report_id = await keep_report(code, await request.form())
        return RedirectResponse(f'/q/{code}/thanks/{report_id}', 303)

    return Starlette(routes=[Route('/q/{code}', post, methods=['POST'])])


def keeper(db: sqlite3.Connection, place: str) -> Keep:
    """Return the function that stores a report in this place. Threads take turns to use the connection."""
    turn = Lock()

    def guarded(code: str, form: FormData) -> str:
        with turn:
            return keep(db, code, form)

    async def inline(code: str, form: FormData) -> str:
        return keep(db, code, form)

    async def thread(code: str, form: FormData) -> str:
        return await run_in_threadpool(guarded, code, form)

    return {'inline': inline, 'thread': thread}[place]


if __name__ == '__main__':
    app = server(keeper(opened(Path(sys.argv[1])), sys.argv[2]))
    uvicorn.run(app, port=int(os.environ['PORT']), log_level='warning', access_log=False)
