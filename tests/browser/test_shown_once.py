"""Test what is shown only once: no double tap, way back, live update or lost page takes it away before it was read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, wait_until

SETTLED = """() => document.querySelectorAll('.sheet').length === 1 && history.state?.sheet"""
"""The form's dialog has faded out, and its history entry has become the one of the dialog with the secret."""


def make_key(page: Page) -> None:
    page.goto('/me')
    page.get_by_role('button', name='Skapa en nyckel').click()
    page.locator('.sheet input').first.fill('Statistik')
    page.locator('.sheet [type=submit]').dblclick()


def make_invitation(page: Page) -> None:
    page.goto('/people')
    page.get_by_role('button', name='Folke').click()
    page.get_by_role('button', name='Bjud in Folke').dblclick()


@pytest.mark.parametrize(
    ('make', 'field', 'done'),
    [(make_key, '#new-key', 'Jag har nyckeln'), (make_invitation, '#invitation-link', 'Stäng')],
    ids=['key', 'invitation'],
)
def test_a_secret_stays_until_somebody_says_that_they_have_it(
    sign_in: Open, server: Server, make: object, field: str, done: str
) -> None:
    alva = sign_in('alva')
    assert callable(make)
    make(alva)
    secret = alva.locator(field)
    expect(secret).to_be_visible()
    alva.wait_for_function(SETTLED)
    shown = secret.input_value()
    server.invite('folke')  # a change that open screens follow
    alva.keyboard.press('Escape')
    alva.evaluate('history.back()')
    alva.wait_for_function('() => history.state?.sheet')
    expect(secret).to_have_value(shown)
    alva.reload()
    expect(secret).to_have_value(shown)
    alva.wait_for_function('() => history.state?.sheet')
    wait_until(lambda: _press(alva, done))
    alva.reload()
    alva.wait_for_function("() => document.querySelector('h1')")
    expect(secret).to_have_count(0)


def test_an_invitation_says_who_is_in_once_it_has_been_used(sign_in: Open, stranger: Open) -> None:
    alva, phone = sign_in('alva'), stranger()
    make_invitation(alva)
    link = alva.locator('#invitation-link').input_value()
    expect(alva.locator('.symbol')).to_be_visible()
    phone.goto(link)
    phone.locator('main form button').click()
    expect(alva.get_by_role('dialog').get_by_role('status')).to_have_text(re.compile('^Folke .* är inloggad på '))
    expect(alva.locator('.symbol')).to_have_count(0)
    expect(alva.locator('#invitation-link')).to_have_count(0)


def test_half_filled_forms_outlive_a_lost_page(sign_in: Open) -> None:
    alva = sign_in('alva')
    alva.goto('/people')
    alva.get_by_role('button', name='Lägg till en person').click()
    alva.get_by_label('Namn', exact=True).fill('Åsa Ny')
    alva.locator('.sheet select').first.select_option('lead')
    alva.reload()
    alva.get_by_role('button', name='Lägg till en person').click()
    expect(alva.get_by_label('Namn', exact=True)).to_have_value('Åsa Ny')
    expect(alva.locator('.sheet select').first).to_have_value('lead')
    alva.goto('/settings')
    name = alva.locator('input[name=name]')
    before = name.input_value()
    name.fill('Nya kommunen')
    alva.reload()
    expect(name).to_have_value('Nya kommunen')
    name.fill(before)


PRESS = "(label) => [...document.querySelectorAll('.sheet .press')].find((b) => b.textContent === label)?.click()"


def _press(page: Page, label: str) -> bool:
    """Press a button of the dialog, which takes no presses in its first moment. Return True once it is closed."""
    page.evaluate(PRESS, label)
    return page.get_by_role('dialog').count() == 0
