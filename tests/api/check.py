"""Check that the API does what its description says: run schemathesis over /openapi.json, on a server with the demo.

Usage: python -m tests.api.check [SCHEMATHESIS OPTION...]
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from pydantic import AnyHttpUrl

from app.bootstrap import create_services
from app.build import build
from app.domain.access_tokens import Scope
from app.domain.case_acts import CaseAct
from app.domain.entries import Entry
from app.domain.people import Person, Role
from app.domain.reports import Report
from app.domain.sites import Asset
from app.services.container import Services
from app.services.demo_data import fill
from app.settings import Settings
from tests.browser.serve import TRUSTING

CONFIG = Path(__file__).with_name('schemathesis.toml')


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[str, Services]]:
    """Serve Haren with the demo in it, on a free port."""
    port = _free_port()
    address = f'http://127.0.0.1:{port}'
    settings = Settings.model_construct(host='127.0.0.1', port=port, data=folder, url=AnyHttpUrl(address))
    services = create_services(settings, TRUSTING)
    await fill(services)
    config = uvicorn.Config(build(settings, services), host='127.0.0.1', port=port, workers=1, log_level='error',
                            timeout_graceful_shutdown=1)  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    try:
        yield address, services
    finally:
        server.should_exit = True
        await serving


async def check(*options: str) -> tuple[int, str]:
    """Run schemathesis with these options besides those of CONFIG. Return its exit status and its output."""
    with tempfile.TemporaryDirectory() as folder:
        async with served(Path(folder) / 'store') as (address, services):
            (Path(folder) / CONFIG.name).write_text(
                CONFIG.read_text(encoding='utf-8') + await _known(services), encoding='utf-8'
            )
            tool = await asyncio.create_subprocess_exec(
                Path(sys.executable).with_name('schemathesis'), 'run', f'{address}/openapi.json',
                '--checks', 'all', *options,
                cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            )  # fmt: skip
            output, _ = await tool.communicate()
            return tool.returncode or 0, output.decode()


async def _known(services: Services) -> str:
    """Return settings with a token for everything and existing ids, so that most requests find something."""
    admin = next(person for person in await services.context.find_all(Person) if person.role is Role.ADMIN)
    _, secret = await services.access_tokens.make(admin, 'schemathesis', set(Scope))
    found = {
        'site_id': [site.id for site in await services.sites.all()],
        'code': [asset.code for asset in await services.context.find_all(Asset)],
        'case_id': [case.id for case in await services.cases.open()],
        'entry_id': [entry.id for entry in await services.context.find_all(Entry)],
        'report_id': [report.id for report in await services.context.find_all(Report)],
        'team_id': [team.id for team in await services.people.teams()],
        'act_id': [act.id for act in await services.context.find_all(CaseAct)],
        'place': [1, 2, 3, 4],
    }
    lists = ''.join(f'[dictionaries.{name}]\nvalues = {json.dumps(values)}\n' for name, values in found.items())
    return f'[auth.openapi]\ntoken = {{ bearer = "{secret}" }}\n{lists}'


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return int(free.getsockname()[1])


if __name__ == '__main__':
    status, output = asyncio.run(check(*sys.argv[1:]))
    print(output)
    sys.exit(status)
