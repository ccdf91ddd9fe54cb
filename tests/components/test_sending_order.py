"""Test that several tabs send the entries of one phone in their order, on generated schedules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

PROGRAM = Path(__file__).parent / 'js' / 'sending-order.mjs'
SEEDS = 50


def play(first: int) -> list[dict[str, Any]]:
    """Play as many schedules. Return those that went wrong, and the summary."""
    node, _ = compute_driver_executable()
    command = [str(node), '--no-warnings', '--experimental-vm-modules', str(PROGRAM), str(first), str(SEEDS)]
    printed = subprocess.run(command, capture_output=True, encoding='utf-8', timeout=300)
    assert printed.returncode == 0, printed.stderr
    return [json.loads(line) for line in printed.stdout.splitlines()]


@pytest.mark.parametrize('first', range(0, 4 * SEEDS, SEEDS))
def test_entries_arrive_once_and_in_order_from_several_tabs(first: int) -> None:
    *failures, summary = play(first)
    assert failures == []
    assert summary == {'seeds': SEEDS, 'failed': 0}
