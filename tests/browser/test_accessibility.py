"""Test that everybody can read every screen, in both themes and all languages, and that nothing is wider than it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from app.i18n import LANGUAGES
from tests.browser.accessibility import Theme, choose_language, enlarge_text, fits, is_live, open_what_opens, violations
from tests.browser.conftest import PHONE, TABLET, Open, Server, code_of

# the languages that most browsers in Sweden ask for
LOCALES = {'sv': 'sv-SE', 'en': 'en-GB', 'fi': 'fi-FI', 'ar': 'ar-SA', 'uk': 'uk-UA'}
NARROW: ViewportSize = {'width': 320, 'height': 640}
NARROWEST_WITH_ALL = 704
"""Pixels at which the switch shows every language."""

PLAIN = ('/', '/s/kransmossen', '/q/{code}', '/q/000000', '/q/QQQQQQ', '/c/{case}', '/in', '/join/forged', '/nowhere')
STAFF = (
    '/feed',
    '/cases?team=all',
    '/cases?view=closed&team=all&by=place',
    '/log',
    '/obstacles',
    '/held',
    '/audit',
    '/audit?site=kransmossen',
    '/sites',
    '/sites/problems',
    '/people',
    '/settings',
    '/settings/audit',
    '/settings/hours',
    '/settings/periods',
    '/settings/answers',
    '/search',
    '/search?q=glas&kind=case&site=kransmossen',
    '/me',
)


def case_at(page: Page, site: str) -> str:
    """Return the public number of an open case of this site."""
    assets = page.request.get(f'/s/{site}.json').json()['assets']
    return str(next(case['case'] for asset in assets for case in asset['open_cases']))


THEMES: tuple[Theme, ...] = ('light', 'dark')
EACH_LANGUAGE = [(language, THEMES[place % 2]) for place, language in enumerate(LANGUAGES)]
"""Show each page in every language and in both themes; a theme's effect depends on no language."""


@pytest.mark.parametrize(('language', 'theme'), EACH_LANGUAGE)
def test_plain_pages(stranger: Open, language: str, theme: Theme) -> None:
    page = stranger(color_scheme=theme, locale=LOCALES.get(language, language))
    code, case = code_of(page, 'kransmossen', 'Färgat glas 1'), case_at(page, 'kransmossen')
    for path in PLAIN:
        page.goto(path.format(code=code, case=case))
        expect(page.get_by_role('heading', level=1)).to_have_count(1)
        assert page.locator('html').get_attribute('lang') == language, path
        assert fits(page, NARROW), path
        page.set_viewport_size(PHONE)
        open_what_opens(page)
        assert violations(page) == [], path
        assert fits(page), path
        enlarge_text(page)
        assert fits(page), path
        assert fits(page, NARROW), path
        page.set_viewport_size(PHONE)


@pytest.mark.parametrize(('language', 'theme'), EACH_LANGUAGE)
def test_thanks_and_what_follows(stranger: Open, theme: Theme, language: str) -> None:
    rut = stranger(color_scheme=theme, locale='de', viewport=NARROW)
    rut.goto(f'/q/{code_of(rut, "kransmossen", "Metallförpackningar 1")}?lang={language}')
    rut.locator('button.problem').first.click()
    rut.wait_for_url(f'**/thanks/*?lang={language}')
    rut.get_by_role('textbox').fill('Fullt – ممتلئ – повно')
    rut.locator('form .press.main').click()
    rut.locator('.said').wait_for()
    open_what_opens(rut)
    assert violations(rut) == []
    assert fits(rut)


@pytest.mark.parametrize('language', LANGUAGES)
def test_an_invitation_in_every_language(server: Server, stranger: Open, language: str) -> None:
    theme = 'dark' if language in ('sv', 'fi', 'uk') else 'light'
    lova = stranger(color_scheme=theme, locale=language)
    lova.goto(f'{server.invite("lova")}?lang={language}')
    assert violations(lova) == []
    assert fits(lova)
    lova.locator('main form button').click()
    lova.wait_for_url(f'**/welcome?lang={language}')
    assert violations(lova) == []
    assert fits(lova)


@pytest.mark.parametrize('scale', [1, 2])
@pytest.mark.parametrize('width', [320, 390, 1180])
def test_the_switch_is_big_enough_and_works_without_script(stranger: Open, width: int, scale: int) -> None:
    page = stranger(viewport={'width': width, 'height': 800}, java_script_enabled=scale == 2, locale='sv-SE')
    page.goto('/in')
    if scale == 2:
        enlarge_text(page)
    switch = page.locator('header nav')
    if width < NARROWEST_WITH_ALL:
        assert switch.locator('a:visible').all_text_contents() == ['English', 'العربية']
        globe = switch.locator('summary')
        globe.click()
        assert corner(globe) < min(map(corner, switch.locator('a').all()))  # before all of them, not among them
    assert switch.locator('a:visible').all_text_contents() == ['English', 'العربية', 'Suomi', 'Українська', 'Soomaali']
    for target in switch.locator('a, summary:visible').all():
        box = target.bounding_box()
        assert box
        assert box['width'] >= 48
        assert box['height'] >= 48
        assert 0 <= box['x'] <= box['x'] + box['width'] <= width
    switch.get_by_text('Soomaali').click()
    expect(page.locator('html')).to_have_attribute('lang', 'so')
    assert page.context.cookies() == []


def corner(target: Locator) -> tuple[float, float]:
    """Return the place of an element in reading order: how far down, then how far to the right."""
    box = target.bounding_box()
    assert box
    return box['y'], box['x']


def test_arabic_is_mirrored(stranger: Open) -> None:
    page = stranger(locale='ar')
    page.goto(f'/q/{code_of(page, "kransmossen", "Färgat glas 1")}')
    button = page.locator('button.problem').first
    box, words = button.bounding_box(), button.locator('span').bounding_box()
    assert box
    assert words
    assert box['x'] + box['width'] - words['x'] - words['width'] < words['x'] - box['x']
    assert button.evaluate("one => getComputedStyle(one, '::after').borderLeftWidth") == '3px'
    assert button.evaluate("one => getComputedStyle(one, '::after').borderRightWidth") == '0px'


@pytest.mark.parametrize(
    ('theme', 'viewport', 'language'),
    [('light', PHONE, 'sv'), ('dark', TABLET, 'en')],
    ids=['light-phone-sv', 'dark-tablet-en'],
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
            is_live(alva)
            open_what_opens(alva)
            assert violations(alva) == [], path
            for size in (TABLET, PHONE, viewport):
                assert fits(alva, size), path
    finally:
        if language == 'en':
            choose_language(alva, 'Svenska')


def test_text_of_twice_the_size_scrolls_one_way_only(sign_in: Open) -> None:
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
    filters.nth(1).wait_for()
    first, second = filters.evaluate_all(places)
    assert first[0] == second[0]
    enlarge_text(fia)
    first, second = filters.evaluate_all(places)
    assert first[1] <= second[0]
    assert first[2] > 300
