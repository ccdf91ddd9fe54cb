"""Test the whole way of a report: print a sticker, scan it, tap; a lead resolves it, and the resident sees that."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import is_live
from tests.browser.conftest import TABLET, Open, Server, pause

WITHIN_A_SECOND = 1000


def scan(pdf: bytes, folder: Path) -> list[str]:
    """Return what a scanner reads from the printed sheet."""
    (folder / 'sheet.pdf').write_bytes(pdf)
    subprocess.run(['pdftoppm', '-r', '150', '-gray', folder / 'sheet.pdf', folder / 'sheet'], check=True)
    pages = sorted(folder.glob('sheet-*.pgm'))
    read = subprocess.run(['zbarimg', '-q', '--raw', *pages], check=True, capture_output=True, encoding='utf-8')
    return read.stdout.split()


def print_stickers(alva: Page) -> bytes:
    return alva.request.get('/sites/annelundsparken/stickers.pdf').body()


@pytest.mark.alone
def test_from_sticker_to_fixed(server: Server, stranger: Open, sign_in: Open, tmp_path: Path) -> None:
    alva = sign_in('alva')
    addresses = scan(print_stickers(alva), tmp_path)
    assert all(address.lower().startswith(f'{server.url}/q/') for address in addresses)
    site = alva.request.get('/s/annelundsparken.json').json()
    assert len(addresses) == 1 + len(site['assets'])

    lova = sign_in('lova', viewport=TABLET)
    lova.goto('/feed?whose=all')
    expect(lova.get_by_role('heading', level=1)).to_be_visible()
    expect(lova.locator('.feed-row').first).to_be_visible()
    is_live(lova)

    resident = stranger(java_script_enabled=False)
    untouched = next(asset for asset in site['assets'] if not asset['open_cases'])
    (address,) = [address for address in addresses if address.endswith(untouched['url'][-6:])]
    resident.goto(address)
    expect(resident.get_by_role('heading', level=1)).to_contain_text(untouched['name'])
    resident.locator('button[name=problem]').first.click()

    arrived = lova.locator('.feed-row.arrived').filter(has_text=untouched['name']).last
    expect(arrived).to_contain_text(untouched['name'], timeout=WITHIN_A_SECOND)
    expect(resident).to_have_url(re.compile('/thanks/'))
    assert resident.context.cookies() == []

    case = lova.locator('.case').filter(has_text=untouched['name']).filter(has_text='Annelundsparken')
    case.get_by_role('button', name='Vi tar det').click()
    newest = lova.locator('.feed-row.arrived').first
    expect(newest).to_contain_text('Lova', timeout=WITHIN_A_SECOND)
    resident.reload()
    expect(resident.locator('main')).to_contain_text('taken care of')

    pause(lova)
    case.get_by_role('button', name=re.compile('^(Tömt|Åtgärdat):')).click()
    expect(case.get_by_role('button', name='Ångra')).to_be_visible()
    resident.reload()
    expect(resident.locator('main')).to_contain_text(re.compile('fixed|emptied', re.IGNORECASE))


def test_the_crew_scans_the_same_sticker(server: Server, stranger: Open, sign_in: Open) -> None:
    fia = sign_in('fia')
    site = fia.request.get('/s/simonsland.json').json()
    untouched = next(asset for asset in site['assets'] if not asset['open_cases'])
    resident = stranger()
    resident.goto(untouched['url'])
    resident.locator('button[name=problem]').first.click()
    resident.wait_for_url('**/thanks/*')
    thanks = resident.url

    fia.goto(untouched['url'])
    fia.locator('button[value=acknowledge]').click()
    resident.goto(thanks)
    expect(resident.locator('main')).to_contain_text('taken care of')
    expect(resident.locator('main')).not_to_contain_text('Fia')
    expect(resident.locator('button[value=acknowledge]')).to_have_count(0)

    pause(fia)
    fia.locator('button[value=resolve]').click()
    resident.goto(untouched['url'])
    expect(resident.locator('main')).to_contain_text('Nothing')
