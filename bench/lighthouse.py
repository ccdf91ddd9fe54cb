"""Lighthouse (mobile) over the pages where people arrive cold, on the demo.

Usage: python -m bench.lighthouse NODE, with the tool installed in bench/lighthouse_tool. Ends with 1 where a score is
under 100.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.served import demo, fetch, run

TOOL = Path(__file__).parent / 'lighthouse_tool' / 'node_modules' / 'lighthouse' / 'cli' / 'index.js'
CATEGORIES = ('performance', 'accessibility', 'best-practices', 'seo')
BROWSER = '--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update'


def main(node: str) -> int:
    """Print the scores of each page and what takes points away; 1 where a score is under 100."""
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / 'store') as address:
        reports = {path: _audit(node, address + path) for path in ('/', '/s/kransmossen', _sticker(address))}
    for path, report in reports.items():
        scores = _scores(report)
        print(f'{path:16}', '  '.join(f'{category} {score:.0f}' for category, score in scores.items()))
        for flaw in _flaws(report):
            print('    ', flaw)
    return int(any(score < 100 for report in reports.values() for score in _scores(report).values()))


def _sticker(address: str) -> str:
    """The path of a thing that something has been reported about."""
    assets: list[dict[str, Any]] = json.loads(fetch(f'{address}/s/kransmossen.json'))['assets']
    url: str = next(asset['url'] for asset in assets if asset['open_cases'])
    return urlsplit(url).path


def _audit(node: str, address: str) -> dict[str, Any]:
    chromium = os.environ.get('CHROME_PATH', '/usr/bin/chromium')
    told = run(
        node, str(TOOL), address, '--quiet', '--output=json', f'--chrome-flags={BROWSER}',
        f'--only-categories={",".join(CATEGORIES)}', CHROME_PATH=chromium,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(told)
    return report


def _scores(report: dict[str, Any]) -> dict[str, float]:
    return {name: round(float(report['categories'][name]['score'] or 0) * 100) for name in CATEGORIES}


def _flaws(report: dict[str, Any]) -> list[str]:
    weighed = {
        audit['id'] for name in CATEGORIES for audit in report['categories'][name]['auditRefs'] if audit['weight']
    }
    audits = [report['audits'][id] for id in sorted(weighed)]
    lost = [audit for audit in audits if audit['score'] is not None and audit['score'] < 1]
    return [f'{audit["score"]:.2f} {audit["title"]}' for audit in lost]


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
