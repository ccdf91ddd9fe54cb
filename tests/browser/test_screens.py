"""Every screen, in both themes and languages: readable by everybody, and nothing wider than the screen."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE, TABLET, Open, code_of

Theme = Literal['light', 'dark']

PLAIN = ('/', '/s/kransmossen', '/q/{code}', '/q/000000', '/q/QQQQQQ', '/in', '/join/forged', '/nowhere')
STAFF = ('/feed', '/log', '/sites', '/people', '/settings', '/me')


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response['violations']
    return [f'{flaw["id"]}: {[node["html"] for node in flaw["nodes"]][:3]}' for flaw in found]


def fits(page: Page) -> bool:
    return bool(page.evaluate('document.documentElement.scrollWidth <= innerWidth'))


@pytest.mark.parametrize('theme', ['light', 'dark'])
@pytest.mark.parametrize('locale', ['sv-SE', 'en-GB'])
def test_plain_pages(stranger: Open, theme: Theme, locale: str) -> None:
    page = stranger(color_scheme=theme, locale=locale)
    code = code_of(page, 'kransmossen', 'Färgat glas 1')
    for path in PLAIN:
        page.goto(path.format(code=code))
        expect(page.get_by_role('heading', level=1)).to_have_count(1)
        assert page.locator('html').get_attribute('lang') == locale[:2], path
        assert violations(page) == [], path
        assert fits(page), path


@pytest.mark.parametrize('theme', ['light', 'dark'])
@pytest.mark.parametrize('viewport', [PHONE, TABLET], ids=['phone', 'tablet'])
def test_staff_screens(sign_in: Open, theme: Theme, viewport: ViewportSize) -> None:
    alva = sign_in('alva', color_scheme=theme, viewport=viewport)
    for path in STAFF:
        alva.goto(path)
        expect(alva.get_by_role('heading', level=1)).to_have_count(1)
        alva.wait_for_timeout(400)
        assert violations(alva) == [], path
        assert fits(alva), path


@pytest.mark.parametrize('width', [320, 390])
def test_a_narrow_phone_scrolls_one_way_only(stranger: Open, width: int) -> None:
    page = stranger(viewport={'width': width, 'height': 640})
    code = code_of(page, 'kransmossen', 'Färgat glas 1')
    for path in PLAIN:
        page.goto(path.format(code=code))
        assert fits(page), path
