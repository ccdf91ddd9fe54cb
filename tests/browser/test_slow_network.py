"""Test the resident's page with one bar of signal and an old phone, and with a keyboard only."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import A_READERS_SECOND, Open, Server, code_of

USABLE_WITHIN = 2.0
"""Seconds at 400 kbit/s and 400 ms latency, with a processor four times slower."""


def slow_down(page: Page) -> None:
    """Simulate a weak network and an old phone."""
    session = page.context.new_cdp_session(page)
    session.send('Network.enable')
    session.send('Network.emulateNetworkConditions', {
        'offline': False, 'latency': 400, 'downloadThroughput': 400_000 / 8, 'uploadThroughput': 400_000 / 8,
    })  # fmt: skip
    session.send('Emulation.setCPUThrottlingRate', {'rate': 4})


@pytest.mark.alone
def test_the_page_can_be_used_within_two_seconds(stranger: Open) -> None:
    page = stranger()
    code = code_of(page, 'kransmossen', 'Plastförpackningar 1')
    slow_down(page)
    began = time.monotonic()
    page.goto(f'/q/{code}', wait_until='commit')
    button = page.locator('form[data-report] button').last
    button.click(trial=True)
    taken = time.monotonic() - began
    print(f'usable after {taken:.2f} s at 400 kbit/s, 400 ms and a quarter of the speed')
    assert taken <= USABLE_WITHIN


def test_a_report_needs_no_more_than_a_keyboard(server: Server, stranger: Open) -> None:
    page = stranger()
    page.goto(f'/q/{code_of(page, "kransmossen", "Metallförpackningar 1")}')
    button = page.get_by_role('button', name='It is full').or_(page.get_by_role('button', name='Still full'))
    for _ in range(30):
        page.keyboard.press('Tab')
        if button.evaluate('button => button === document.activeElement'):
            break
        assert page.evaluate('document.activeElement.matches("a, button, summary, input:not([name=subject])")')
    server.advance_clock(A_READERS_SECOND)
    page.keyboard.press('Enter')
    expect(page.get_by_role('heading', name='Thank you!')).to_be_visible()
