"""Take pictures of every screen, and compare two sets of them.

python -m docs.scripts.screens take FOLDER --data FOLDER
python -m docs.scripts.screens compare BEFORE AFTER

The server is that of the checkout in which this file lies. Time stands still in it and in the browser, so that two
checkouts that show the same data have the same pictures.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from docs.scripts.screen_comparison import compare
from docs.scripts.screen_taking import take
from tests.browser.conftest import Server


def main() -> int:
    """Run one command. Return the exit status."""
    chosen = _parser().parse_args()
    if chosen.command == 'compare':
        return compare(chosen.before, chosen.after)
    moment = _fill(chosen.data)
    with tempfile.TemporaryDirectory() as beside:
        store = shutil.copytree(chosen.data / 'store', Path(beside) / 'store')
        server = Server(store, f'port={chosen.port}', f'stands={moment}')
        try:
            take(server, datetime.fromisoformat(moment), chosen.folder, chosen.only)
        finally:
            server.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog='python -m docs.scripts.screens')
    commands = parser.add_subparsers(dest='command', required=True)
    taking = commands.add_parser('take', help='take a picture of every screen')
    taking.add_argument('folder', type=Path)
    taking.add_argument('--data', type=Path, required=True, help='the demo to show; made there if there is none')
    taking.add_argument('--port', type=int, default=18765, help='some screens show it: take both sets with the same')
    taking.add_argument('--only', default='', help='take only the screens whose names contain this')
    comparing = commands.add_parser('compare', help='compare two sets of pictures; 1 where they differ')
    comparing.add_argument('before', type=Path)
    comparing.add_argument('after', type=Path)
    return parser


def _fill(folder: Path) -> str:
    """Make the demo where there is none. Return the moment at which it was made."""
    made_at = folder / 'made-at'
    if not made_at.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, '-m', 'app', 'demo', '--data', folder / 'store'], check=True)
        made_at.write_text(datetime.now(UTC).isoformat(timespec='seconds'), encoding='utf-8')
    return made_at.read_text(encoding='utf-8').strip()


if __name__ == '__main__':
    sys.exit(main())
