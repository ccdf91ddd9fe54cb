"""List the screens to photograph: name, visitor, address, and the actions before the picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

Act = Callable[[Page], None]


def nothing(_: Page) -> None:
    """Leave the screen as it is."""


class Screen(NamedTuple):
    """A screen to take a picture of. `kept` is an address that is opened first, after which the network is cut."""

    name: str
    by: str
    address: str
    act: Act = nothing
    kept: str = ''


def press(*names: str) -> Act:
    """Press buttons one after the other: on the screen, and then in the sheet that has opened."""

    def act(page: Page) -> None:
        for name in names:
            button = page.get_by_role('button', name=name).filter(visible=True).last
            button.click()

    return act


def in_sheet(*names: str) -> Act:
    """Press buttons until a sheet is open."""

    def act(page: Page) -> None:
        press(*names)(page)
        page.locator('.sheet:visible').wait_for()

    return act


def unfold(page: Page, place: int = 0) -> None:
    """Open a fold."""
    page.locator('.fold-button').nth(place).click()
    page.locator('.fold-inside:visible').wait_for()


def unfold_then(act: Act, place: int = 0) -> Act:
    """Open a fold, and do something in it."""

    def both(page: Page) -> None:
        unfold(page, place)
        act(page)

    return both


def choose_asset(page: Page) -> None:
    """Open the sheet of the first asset of the first site."""
    unfold(page)
    page.locator('.thing').first.click()
    page.locator('.sheet:visible').wait_for()


def open_details(page: Page) -> None:
    """Open every fold but the language switch."""
    page.evaluate('document.querySelectorAll("main details").forEach((details) => (details.open = true))')


def open_switch(page: Page) -> None:
    """Show every language."""
    page.locator('header summary').click()


PUBLIC = (
    Screen('public-home', 'rut', '/'),
    Screen('public-home-languages', 'rut', '/', open_switch),
    Screen('public-site', 'rut', '/s/{site}', open_details),
    Screen('public-sticker-of-site', 'rut', '/q/{site_code}'),
    Screen('public-sticker-calm', 'rut', '/q/{calm}'),
    Screen('public-sticker-reported', 'rut', '/q/{full}'),
    Screen('public-thanks', 'rut', '{thanks}'),
    Screen('public-thanks-first', 'rut', '{first_thanks}'),
    Screen('public-thanks-photo', 'rut', '{photo_thanks}', open_details),
    Screen('public-case', 'rut', '/c/{case}'),
    Screen('public-case-unknown', 'rut', '/c/1999-1'),
    Screen('public-code-unknown', 'rut', '/q/000000'),
    Screen('public-code-wrong', 'rut', '/q/QQQQQQ'),
    Screen('public-not-found', 'rut', '/nowhere'),
    Screen('public-sign-in', 'rut', '/in', open_details),
    Screen('public-staff-only', 'rut', '/feed'),
    Screen('public-invitation', 'rut', '/join/{invitation}'),
    Screen('public-invitation-closed', 'rut', '/join/forged'),
    Screen('public-offline', 'rut-offline', '/', kept='/q/{full}'),
    Screen('public-offline-sticker-known', 'rut-offline', '/q/{full}', kept='/q/{full}'),
    Screen('public-offline-sticker-unknown', 'rut-offline', '/q/{calm}', open_details, kept='/'),
)

STAFF = (
    Screen('staff-welcome', 'alva', '/welcome'),
    Screen('staff-welcome-field', 'fia', '/welcome'),
    Screen('staff-sticker', 'alva', '/q/{full}'),
    Screen('staff-feed', 'alva', '/feed', open_details),
    Screen('staff-feed-of-cases', 'alva', '/feed?topic=cases'),
    Screen('staff-entry', 'alva', '/entries/{entry}'),
    Screen('staff-entry-own', 'fia', '/entries/{own}'),
    Screen('staff-entry-correct', 'fia', '/entries/{own}', press('Rätta')),
    Screen('staff-entry-withdraw', 'fia', '/entries/{own}', press('Ta tillbaka')),
    Screen('staff-entry-obstacle', 'alva', '/entries/{obstacle}'),
    Screen('staff-entry-unknown', 'alva', '/entries/nothing'),
    Screen('staff-log', 'fia', '/log', open_details),
    Screen('staff-log-obstacle', 'fia', '/log?kind=obstacle', open_details),
    Screen('staff-log-closed', 'alva', '/log'),
    Screen('staff-obstacles', 'alva', '/obstacles'),
    Screen('staff-obstacles-open', 'alva', '/obstacles', press('Nästa steg:')),
    Screen('staff-obstacles-yes-and', 'alva', '/obstacles', press('Ja, och')),
    Screen('staff-obstacles-mine', 'fia', '/obstacles?view=mine'),
    Screen('staff-obstacles-resting', 'alva', '/obstacles?view=resting'),
    Screen('staff-me', 'alva', '/me'),
    Screen('staff-me-field', 'fia', '/me'),
    Screen('staff-sites', 'alva', '/sites'),
    Screen('staff-sites-open', 'alva', '/sites', unfold),
    Screen('staff-sites-problems', 'alva', '/sites/problems'),
    Screen('staff-sites-problems-open', 'alva', '/sites/problems', unfold),
    Screen('staff-audit', 'alva', '/audit'),
    Screen('staff-audit-site', 'alva', '/audit?site={site}', open_details),
    Screen('staff-people', 'alva', '/people'),
    Screen('staff-people-open', 'alva', '/people', unfold),
    Screen('staff-held', 'alva', '/held', open_details),
    Screen('staff-settings', 'alva', '/settings'),
    Screen('staff-offline-log', 'fia-offline', '/log', kept='/log'),
)

SHEETS = (
    Screen('sheet-obstacle-removed', 'alva', '/entries/{obstacle}', in_sheet('Det är borta')),
    Screen('sheet-obstacle-around', 'alva', '/entries/{obstacle}', in_sheet('Vi har en omväg')),
    Screen('sheet-obstacle-raise', 'alva', '/entries/{obstacle}', in_sheet('Lyft vidare')),
    Screen('sheet-obstacle-same', 'alva', '/entries/{obstacle}', in_sheet('Koppla ihop med')),
    Screen('sheet-key', 'alva', '/me', in_sheet('Skapa en nyckel')),
    Screen('sheet-sign-out', 'alva', '/me', in_sheet('Logga ut')),
    Screen('sheet-leave', 'fia', '/me', in_sheet('Lämna Haren')),
    Screen('sheet-site-add', 'alva', '/sites', in_sheet('Lägg till en plats')),
    Screen('sheet-site-edit', 'alva', '/sites', unfold_then(in_sheet('Ändra'))),
    Screen('sheet-thing', 'alva', '/sites', choose_asset),
    Screen('sheet-thing-add', 'alva', '/sites', unfold_then(in_sheet('Lägg till ett objekt'))),
    Screen('sheet-person-add', 'alva', '/people', in_sheet('Lägg till en person')),
    Screen('sheet-person-edit', 'alva', '/people', unfold_then(in_sheet('Ändra'))),
    Screen('sheet-person-forget', 'alva', '/people', unfold_then(in_sheet('Radera'), 1)),
    Screen('sheet-team-add', 'alva', '/people', in_sheet('Lägg till ett team')),
    Screen('sheet-held-release', 'alva', '/held', in_sheet('Släpp igenom alla')),
    Screen('sheet-held-discard', 'alva', '/held', in_sheet('Släng alla')),
    Screen('sheet-person-invite', 'alva', '/people', unfold_then(in_sheet('Bjud in'), 1)),
)

SCREENS = (*PUBLIC, *STAFF, *SHEETS)
