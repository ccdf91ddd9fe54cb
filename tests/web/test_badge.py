"""Test the badge, which shows the status of a site on the municipality's own website."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import httpx
import pytest

from app.domain.sites import SiteDraft, SiteKind
from app.i18n import LANGUAGES, translator
from components.places.badge import LONGEST, snippet, text_width
from tests.cast import BASE, Cast, send_report
from tests.web.conftest import is_open_to_all, report

BADGE = '/s/kransmossen/badge.svg'
SVG = '{http://www.w3.org/2000/svg}'


async def drawn(reader: httpx.AsyncClient, path: str = BADGE) -> Element:
    """Return the badge, parsed as XML."""
    answer = await reader.get(path)
    assert answer.status_code == 200
    assert answer.headers['content-type'] == 'image/svg+xml'
    return ElementTree.fromstring(answer.content)


def said(badge: Element) -> list[str | None]:
    """Return the title, the label and the words of the badge."""
    return [badge.findtext(f'{SVG}title'), *(text.text for text in badge.iter(f'{SVG}text'))]


async def test_the_badge_says_how_it_is(cast: Cast, reader: httpx.AsyncClient) -> None:
    english = f'{BADGE}?lang=en'
    assert said(await drawn(reader, english)) == ['Kransmossen: All good', 'Kransmossen', 'All good']
    case = await report(cast)
    assert said(await drawn(reader, english))[2] == '1 has something reported'
    await send_report(cast.services, cast.paper.code, 'broken', 'a-phone-minted-this-paper')
    assert said(await drawn(reader, english))[2] == '2 have something reported'
    await cast.services.cases.resolve(cast.fia, case)
    assert said(await drawn(reader, english))[2] == '1 has something reported'
    await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    assert said(await drawn(reader, '/s/annelund/badge.svg?lang=en'))[2] == 'Nothing reported'


async def test_the_badge_speaks_the_language_of_its_address(cast: Cast, reader: httpx.AsyncClient) -> None:
    assert said(await drawn(reader))[2] == 'Allt är bra'
    for language in LANGUAGES:
        badge = await drawn(reader, f'{BADGE}?lang={language}')
        assert badge.get('lang') == language
        assert said(badge)[2] == translator(language)('All is well')


async def test_the_colour_and_the_icon_are_those_of_the_worst(cast: Cast, reader: httpx.AsyncClient) -> None:
    looks = set()
    for problem in ('', 'litter_around', 'full', 'dangerous'):
        if problem:
            await report(cast, problem=problem)
        badge = await drawn(reader)
        icon = badge.find(f'{SVG}g/{SVG}svg/{SVG}path')
        assert icon is not None
        looks.add((re.findall(r'\.tone{fill:(#\w+)', str(badge.findtext(f'{SVG}style')))[0], icon.get('d')))
    assert len(looks) == 4


async def test_screen_readers_hear_the_whole_name_and_the_state(cast: Cast, reader: httpx.AsyncClient) -> None:
    badge = await drawn(reader)
    assert badge.get('role') == 'img'
    assert badge.get('aria-labelledby') == badge.find(f'{SVG}title').get('id')  # type: ignore[union-attr]
    long = 'Återvinningsstationen vid Kransmossens motionscentrum och elljusspår'
    await cast.services.sites.change(cast.alva, 'kransmossen', SiteDraft(long, SiteKind.OTHER))
    title, name, _ = said(await drawn(reader))
    assert title == f'{long}: Allt är bra'
    assert name is not None
    assert len(name) <= LONGEST
    assert long.startswith(name.removesuffix('…'))


async def test_the_badge_brings_all_that_it_needs_and_runs_nothing(cast: Cast, reader: httpx.AsyncClient) -> None:
    answer = await reader.get(BADGE)
    assert answer.headers['content-security-policy'].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert re.findall(r'https?://[^"]+', answer.text) == ['http://www.w3.org/2000/svg']
    assert not re.search(r'<script|\son\w+=|href|url\(|@import|<foreignObject', answer.text)
    assert '@media(prefers-color-scheme:dark)' in answer.text
    assert len(answer.content) < 2_500


@pytest.mark.parametrize(
    'name',
    ['<script>alert(1)</script>', 'A & B', ']]></style><x y="', 'nul\x00\x1b\ufffe', '🐇🏳️‍🌈', '', '\u202eab'],
    ids=ascii,
)
async def test_whatever_a_place_is_called_the_badge_stays_whole(
    cast: Cast, reader: httpx.AsyncClient, name: str
) -> None:
    site = await cast.services.sites.get('kransmossen')
    await cast.services.context.store.save(site.model_copy(update={'name': name}))
    badge = await drawn(reader)
    readable = re.sub('[\x00\x1b\ufffe]', '', name)
    assert said(badge)[:2] == [f'{readable}: Allt är bra', readable or None]
    assert {element.tag.removeprefix(SVG) for element in badge.iter()} == {
        'svg', 'title', 'style', 'rect', 'path', 'text', 'g',
    }  # fmt: skip


async def test_a_cache_in_between_may_answer_for_a_while(cast: Cast, reader: httpx.AsyncClient) -> None:
    first = await reader.get(BADGE)
    assert first.headers['cache-control'] == 'public, max-age=30, stale-while-revalidate=30'
    assert is_open_to_all(first)
    same = await reader.get(BADGE, headers={'if-none-match': first.headers['etag']})
    assert (same.status_code, same.content) == (304, b'')
    assert is_open_to_all(same)
    await report(cast)
    assert (await reader.get(BADGE, headers={'if-none-match': first.headers['etag']})).status_code == 200
    assert is_open_to_all(await reader.get('/s/atlantis/badge.svg'))


async def test_the_page_of_a_place_offers_the_html_for_it(cast: Cast, reader: httpx.AsyncClient) -> None:
    await cast.services.sites.change(cast.alva, 'kransmossen', SiteDraft('"><b>Mossen', SiteKind.OTHER))
    site = await cast.services.sites.get('kransmossen')
    for language, ending in (('sv', ''), ('en', '?lang=en')):
        html = (await reader.get('/s/kransmossen/developers', headers={'accept-language': language})).text
        found = re.search(r'<textarea id="snippet" [^>]*>(.*?)</textarea>', html)
        assert found
        offered = unescape(found[1])
        assert offered == snippet(site, BASE, translator(language))
        link = ElementTree.fromstring(offered.replace('></a>', '/></a>'))  # closed, so that it can be parsed as XML
        (image,) = link
        assert link.get('href') == f'{BASE}/s/kransmossen{ending}'
        assert image.get('src') == f'{BASE}{BADGE}{ending}'
        assert str(image.get('alt')).startswith('"><b>Mossen: ')
        for address in (link.get('href'), image.get('src')):
            assert (await reader.get(str(address))).status_code == 200


def test_what_has_no_width_takes_none() -> None:
    assert text_width('e\u0301\u200b') == text_width('e')
    assert text_width('') == 0
    assert text_width('日本') > text_width('ab')
