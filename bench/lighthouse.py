"""Run Lighthouse (mobile) on the public pages and the staff screens of the demo.

Usage: python -m bench.lighthouse NODE, with the tool installed in bench/lighthouse_tool. The exit status is 1 if a
score is under 100. Staff screens are measured for accessibility and best practices only, as NiceGUI's size is given.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.browser_session import session_cookie
from bench.server_process import fetch, prepared, run, served

TOOL = Path(__file__).parent / 'lighthouse_tool' / 'node_modules' / 'lighthouse' / 'cli' / 'index.js'
BROWSER = '--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update'

COLD = ('performance', 'accessibility', 'best-practices', 'seo')
AT_WORK = ('accessibility', 'best-practices')

SCREENS = ('/log', '/obstacles', '/feed', '/me')
"""The staff screens to measure."""

Report = dict[str, Any]


def main(node: str) -> int:
    """Print the scores of each page and what lowers them. Return 1 if a score is under 100."""
    reports: dict[str, tuple[Report, Sequence[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder) / 'store')
        link = run(sys.executable, '-m', 'app', 'invite', '--role', 'admin', 'Östen', **environment)
        with served('app', 'serve', **environment) as (address, _):
            for path in ('/', '/s/kransmossen', _sticker(address)):
                reports[path] = _audit(node, address + path, COLD), COLD
            cookie = session_cookie(address, link)
            for path in SCREENS:
                reports[path] = _audit(node, address + path, AT_WORK, cookie), AT_WORK
    for path, (report, categories) in reports.items():
        _print(path, report, categories)
    return int(any(score < 100 for report, categories in reports.values() for score in _scores(report, categories)))


def _print(path: str, report: Report, categories: Sequence[str]) -> None:
    scores = zip(categories, _scores(report, categories), strict=True)
    print(f'{path:16}', '  '.join(f'{category} {score:.0f}' for category, score in scores))
    for flaw in _flaws(report, categories):
        print('    ', flaw)


def _sticker(address: str) -> str:
    """Return the path of an asset with an open case."""
    assets: list[dict[str, Any]] = json.loads(fetch(f'{address}/s/kransmossen.json'))['assets']
    url: str = next(asset['url'] for asset in assets if asset['open_cases'])
    return urlsplit(url).path


def _audit(node: str, address: str, categories: Sequence[str], cookie: str = '') -> Report:
    chromium = os.environ.get('CHROME_PATH', '/usr/bin/chromium')
    headers = json.dumps({'Cookie': cookie} if cookie else {})
    output = run(
        node, str(TOOL), address, '--quiet', '--output=json', f'--chrome-flags={BROWSER}',
        f'--only-categories={",".join(categories)}', f'--extra-headers={headers}',
        CHROME_PATH=chromium,
    )  # fmt: skip
    report: Report = json.loads(output)
    shown = urlsplit(report['finalDisplayedUrl']).path
    assert shown == urlsplit(address).path, f'{address} led to {shown}'
    return report


def _scores(report: Report, categories: Sequence[str]) -> list[float]:
    return [round(float(report['categories'][name]['score'] or 0) * 100) for name in categories]


def _flaws(report: Report, categories: Sequence[str]) -> list[str]:
    weighed = {
        audit['id'] for name in categories for audit in report['categories'][name]['auditRefs'] if audit['weight']
    }
    audits = [report['audits'][id] for id in sorted(weighed)]
    lost = [audit for audit in audits if audit['score'] is not None and audit['score'] < 1]
    return [f'{audit["score"]:.2f} {audit["title"]}' for audit in lost]


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
