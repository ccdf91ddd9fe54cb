"""Read public pages, and send their forms by hand."""

from __future__ import annotations

import re

import httpx

from app.domain.sites import Asset
from tests.cast import Cast


def form_id(html: str) -> str:
    """Return the id in the form. The report's id is made of it and the pressed button."""
    found = re.search(r'name="id" value="([^"]+)">', html)
    assert found
    return found[1]


async def tap(cast: Cast, browser: httpx.AsyncClient, asset: Asset, problem: str) -> httpx.Response:
    """Open the asset's page, read it and press one of its buttons; return the answer to that."""
    shown = await browser.get(f'/q/{asset.code}')
    cast.clock.pass_(seconds=2)
    return await browser.post(f'/q/{asset.code}', data={'id': form_id(shown.text), 'problem': problem})


async def report(cast: Cast, browser: httpx.AsyncClient, asset: Asset, problem: str) -> str:
    """Report with one tap; return the address of the thanks page."""
    return str((await tap(cast, browser, asset, problem)).headers['location'])


async def send(browser: httpx.AsyncClient, asset: Asset, **sent: str) -> httpx.Response:
    """Send the form of an asset's page by hand."""
    return await browser.post(f'/q/{asset.code}', data=sent)


def words(html: str) -> str:
    """Return the visible text, on one line."""
    return ' '.join(re.sub(r'<style>.*?</style>|<[^>]+>', ' ', html, flags=re.DOTALL).split())


def heading(html: str) -> str:
    """Return the page's heading."""
    found = re.search(r'<h1>(.*?)</h1>', html)
    assert found
    return words(found[1])


def alert(html: str) -> str:
    """Return the sentence that says why something was refused."""
    found = re.search(r'role="alert">(.*?)</p>', html)
    assert found
    return found[1]
