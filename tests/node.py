"""Run browser modules without a browser, in the Node that Playwright brings along."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

JS = Path(__file__).parents[1] / 'components' / 'js'


def run_module(script: str, given: object = None) -> Any:
    """Return what a module script assigns to `result`.

    It may import `haren/…` modules, and finds `given` under that name.
    """
    source = script.replace('"haren/', f'"{JS.as_uri()}/')
    whole = (
        'import { readFileSync } from "node:fs"; const given = JSON.parse(readFileSync(0, "utf8")); let result;\n'
        f'{source}\nprocess.stdout.write(JSON.stringify(result));'
    )
    node = compute_driver_executable()[0]
    command = [node, '--input-type=module', '--no-warnings', '-e', whole]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, encoding='utf-8', timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
