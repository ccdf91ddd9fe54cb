"""Add data to the demo, so that each screen has something to show."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PIL import Image
from playwright.sync_api import APIRequestContext, BrowserContext

from tests.browser.conftest import Server

PEOPLE = ('rut', 'alva', 'fia', 'rut-offline', 'fia-offline')
"""Rut is a resident, Alva an administrator, and Fia works outside."""

STORY_LASTS = timedelta(hours=1)
"""The time from the moment at which the demo was made to that at which its screens are shown."""

A_MINUTE = 60

SITE = 'kransmossen'

AddressParts = dict[str, str]
"""The values for the addresses' placeholders."""


def run_story(server: Server, phones: Mapping[str, BrowserContext]) -> AddressParts:
    """Sign in, report and let a machine report. Return what the addresses of screens need."""
    story = _Story(server)
    for person in ('alva', 'fia', 'fia-offline'):
        phones[person].request.post(server.invite(person.partition('-')[0]))
        story.wait_a_minute()
    rut = phones['rut'].request
    known = _places(rut) | _entries(phones['fia'].request)
    thanks = {
        'thanks': story.report(rut, known['full'], 'report-of-ruts-phone-1'),
        'first_thanks': story.report(rut, known['calm'], 'report-of-ruts-phone-2'),
        'photo_thanks': story.report(rut, known['calm_too'], 'report-of-ruts-phone-3'),
    }
    photographed = thanks['photo_thanks'].rpartition('/')[2]
    rut.put(f'/api/v1/reports/{photographed}/photo', data=_photo(), headers={'Content-Type': 'image/jpeg'})
    story.wait_a_minute()
    for id in ('report-of-a-machine-1', 'report-of-a-machine-2'):
        story.report(rut, known['calmest'], id, website='https://example.com')
    story.finish()
    return known | thanks | {'calm': known['calmest'], 'invitation': server.invite('lova').rpartition('/')[2]}


class _Story:
    """A sequence of events, a minute apart: events of the same instant have no order."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._left = STORY_LASTS.total_seconds()

    def wait_a_minute(self) -> None:
        self._server.advance_clock(A_MINUTE)
        self._left -= A_MINUTE

    def finish(self) -> None:
        self._server.advance_clock(self._left)

    def report(self, phone: APIRequestContext, code: str, id: str, **more: str) -> str:
        """Report that an asset is full, as its form does. Return the address of the thanks page."""
        answer = phone.post(f'/q/{code}', form={'id': id, 'problem': 'full', **more}, max_redirects=0)
        self.wait_a_minute()
        return answer.headers['location']


def _places(phone: APIRequestContext) -> AddressParts:
    """Find an asset that is full, three without a report, and the number of a case."""
    site: dict[str, Any] = phone.get(f'/s/{SITE}.json').json()
    full = next(one for one in site['assets'] if any(case['problem'] == 'full' for case in one['open_cases']))
    leads_to: dict[str, str] = phone.get('/offline/places.json').json()['codes']
    codes = [_code(one) for one in site['assets']]
    calm = [_code(one) for one in site['assets'] if not one['open_cases']]
    return {
        'site': SITE, 'site_code': next(code for code in leads_to if leads_to[code] == SITE and code not in codes),
        'full': _code(full), 'calm': calm[0], 'calm_too': calm[1], 'calmest': calm[2],
        'case': str(full['open_cases'][0]['case']),
    }  # fmt: skip


def _code(place: Mapping[str, Any]) -> str:
    return str(place['url'])[-6:]


def _entries(fia: APIRequestContext) -> AddressParts:
    """Find an entry of Fia's, one of a colleague's, and an obstacle."""
    entries: list[dict[str, Any]] = fia.get('/api/v1/entries?limit=100').json()['entries']
    others = [entry for entry in entries if entry['kind'] != 'obstacle']
    return {
        'own': next(entry['id'] for entry in others if entry['author_is_you']),
        'entry': next(entry['id'] for entry in others if not entry['author_is_you']),
        'obstacle': next(entry['id'] for entry in entries if entry['kind'] == 'obstacle'),
    }


def _photo() -> bytes:
    drawn = io.BytesIO()
    Image.linear_gradient('L').convert('RGB').save(drawn, 'JPEG')
    return drawn.getvalue()
