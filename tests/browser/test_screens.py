"""Every screen, in both themes and languages: readable by everybody, and nothing wider than the screen."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE, TABLET, Open, code_of

Theme = Literal['light', 'dark']

PLAIN = ('/', '/s/kransmossen', '/q/{code}', '/q/000000', '/q/QQQQQQ', '/in', '/join/forged', '/nowhere')
STAFF = (
    '/feed',
    '/log',
    '/held',
    '/audit',
    '/audit?site=kransmossen',
    '/sites',
    '/sites/problems',
    '/people',
    '/settings',
    '/me',
)


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


def choose_language(page: Page, name: str) -> None:
    page.goto('/me')
    with page.expect_navigation():
        page.get_by_role('radio', name=name).click()


def open_what_opens(page: Page) -> None:
    for line in page.locator('main summary:visible').all():
        if not line.evaluate('line => line.parentElement.open'):
            line.click()
    for line in page.locator('.fold-button:visible').all()[:1]:
        line.click()
        page.locator('.fold-inside:visible').wait_for()


# Each theme, width and language meets each other one; all eight together would find little more.
@pytest.mark.parametrize(
    ('theme', 'viewport', 'language'),
    [('light', PHONE, 'sv'), ('dark', PHONE, 'en'), ('light', TABLET, 'en'), ('dark', TABLET, 'sv')],
    ids=['light-phone-sv', 'dark-phone-en', 'light-tablet-en', 'dark-tablet-sv'],
)
def test_staff_screens(sign_in: Open, theme: Theme, viewport: ViewportSize, language: str) -> None:
    alva = sign_in('alva', color_scheme=theme, viewport=viewport)
    if language == 'en':
        choose_language(alva, 'English')
    try:
        for path in STAFF:
            alva.goto(path)
            expect(alva.get_by_role('heading', level=1)).to_have_count(1)
            assert (alva.locator('html').get_attribute('lang') or '').startswith(language), path
            alva.wait_for_timeout(400)
            open_what_opens(alva)
            assert violations(alva) == [], path
            assert fits(alva), path
    finally:
        if language == 'en':
            choose_language(alva, 'Svenska')


@pytest.mark.parametrize('width', [320, 390])
def test_a_narrow_phone_scrolls_one_way_only(stranger: Open, width: int) -> None:
    page = stranger(viewport={'width': width, 'height': 640})
    code = code_of(page, 'kransmossen', 'Färgat glas 1')
    for path in PLAIN:
        page.goto(path.format(code=code))
        assert fits(page), path


def enlarge_text(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '32px'")


def test_text_of_twice_the_size_scrolls_one_way_only(stranger: Open, sign_in: Open) -> None:
    page = stranger()
    code = code_of(page, 'kransmossen', 'Färgat glas 1')
    for path in PLAIN:
        page.goto(path.format(code=code))
        enlarge_text(page)
        assert fits(page), path
    fia = sign_in('fia')
    for path in ('/feed', '/log'):
        fia.goto(path)
        fia.locator('.feed-row, entry-form').first.wait_for()
        open_what_opens(fia)
        enlarge_text(fia)
        assert fits(fia), path


def test_filters_with_large_text_stand_below_each_other(sign_in: Open) -> None:
    fia = sign_in('fia')
    fia.goto('/feed')
    places = (
        'all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom, width }) => [top, bottom, width])'
    )
    filters = fia.locator('.filters .chooser')
    first, second = filters.evaluate_all(places)
    assert first[0] == second[0]
    enlarge_text(fia)
    first, second = filters.evaluate_all(places)
    assert first[1] <= second[0]
    assert first[2] > 300
