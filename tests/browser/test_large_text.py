"""Test that the administrator's screens fit a phone that shows text twice as large."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import AT_REST, fits, is_live
from tests.browser.conftest import Open, pause

SCREENS = ('/sites', '/sites/problems', '/people', '/settings', '/settings/hours', '/me')

TWICE = """addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '32px')"""

RUNS_OFF = """() => [...document.querySelectorAll('main *, .doors *, .sheet *')]
    .filter((element) => !element.closest('svg') && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.textContent.trim())"""


@pytest.fixture
def alva(sign_in: Open) -> Page:
    alva = sign_in('alva', locale='sv-SE')
    alva.add_init_script(TWICE)
    return alva


def test_the_navigation_covers_no_save_button(alva: Page) -> None:
    alva.goto('/log')
    alva.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--doors')")
    doors, save = alva.locator('.doors').bounding_box(), alva.locator('.entry-save .press').bounding_box()
    assert doors
    assert save
    assert doors['height'] > 100, 'they stand in two rows'
    assert save['y'] + save['height'] <= doors['y']


def test_nothing_runs_off_a_phone(alva: Page) -> None:
    for path in SCREENS:
        alva.goto(path)
        is_live(alva)
        assert alva.evaluate('getComputedStyle(document.documentElement).fontSize') == '32px', path
        assert alva.evaluate(RUNS_OFF) == [], path
        for line in alva.locator('.fold-button').all()[:2]:
            line.click()
            expect(line).to_have_attribute('aria-expanded', 'true')
            pause(alva)
        alva.evaluate(AT_REST)
        assert alva.evaluate(RUNS_OFF) == [], path
        assert fits(alva), path
