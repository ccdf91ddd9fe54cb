"""Test the search as somebody types, and the way to it and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import is_live
from tests.browser.conftest import PHONE, TABLET, Open

FOUND = '.search-hit'


@pytest.fixture
def lova(sign_in: Open) -> Page:
    return sign_in('lova', viewport=TABLET)


@contextmanager
def held(page: Page, words: str) -> Iterator[list[Route]]:
    """Hold the answers to the search for these words back while this is open."""
    waiting: list[Route] = []
    page.route(re.compile(rf'/api/v1/search\?q={words}(&|$)'), lambda route: waiting.append(route))
    yield waiting
    for route in waiting:
        route.fulfill(json={'hits': [], 'older': None, 'complete': True})


def test_the_search_is_reached_from_everywhere_and_brings_back(lova: Page) -> None:
    lova.goto('/me')
    is_live(lova)
    lova.keyboard.press('/')
    way = lova.locator('.search-way input')
    expect(way).to_be_focused()
    way.fill('glas')
    way.press('Enter')
    lova.wait_for_url('**/search?q=glas')
    is_live(lova)
    expect(lova.locator(FOUND).first).to_contain_text('glas')
    lova.set_viewport_size(PHONE)
    lova.goto('/search?q=a')
    is_live(lova)
    lova.locator(FOUND).last.scroll_into_view_if_needed()
    row = lova.locator(FOUND).nth(24)
    row.scroll_into_view_if_needed()
    name = row.get_attribute('data-row')
    row.get_by_role('link').click()
    lova.wait_for_url(re.compile('^(?!.*/search)'))
    lova.go_back()
    lova.wait_for_url('**/search?q=a')
    expect(lova.locator(f'[data-row="{name}"]')).to_be_in_viewport()
    lova.keyboard.press('/')
    expect(lova.locator('.search-input')).to_be_focused()


def test_only_the_newest_answer_is_shown(lova: Page) -> None:
    lova.goto('/search')
    is_live(lova)
    field = lova.get_by_role('searchbox', name='Vad letar du efter?')
    expect(field).to_be_focused()
    with held(lova, 'xyz') as waiting:
        field.fill('xyz')
        lova.wait_for_url('**/search?q=xyz')
        field.fill('kransmossen')
        expect(lova.locator('.search-name mark').first).to_have_text('Kransmossen')
        assert len(waiting) == 1
    lova.wait_for_url('**/search?q=kransmossen')
    lova.get_by_role('button', name='Hinder').click()
    lova.wait_for_url('**/search?q=kransmossen&kind=obstacle')
    field.fill('kransmossen qqq')
    lova.get_by_role('button', name='Sök bland allt').click()
    expect(lova.get_by_text('Inget hittades för ”kransmossen qqq”')).to_be_visible()
    lova.wait_for_url('**/search?q=kransmossen+qqq')
    expect(field).to_be_focused()
