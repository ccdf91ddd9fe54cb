"""Test the languages of residents: they choose one once, and every page stays in it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.build import plain_server
from app.domain.errors import Invalid
from app.i18n import LANGUAGES
from app.web.http.session import Session
from tests.cast import Cast, create_test_services
from tests.public_pages import form_id, report, send, tap, words

everywhere = pytest.mark.parametrize('language', LANGUAGES)
PATHS = (
    '/',
    '/s/kransmossen',
    '/q/{code}',
    '/q/{site}',
    '/q',
    '/q/QQQQQQ',
    '/c/2026-1',
    '/developers',
    '/s/kransmossen/developers',
    '/in',
    '/join/forged',
    '/nowhere',
)

STAYS_OUT = re.compile(r'^/(feed$|[\w./-]+\.(json|geojson|atom|svg)\b)')
"""Addresses that a chosen language has nothing to do with: staff screens and data."""


def filled_in(path: str, cast: Cast) -> str:
    return path.format(code=cast.glass.code, site=cast.kransmossen.code)


def offered(html: str) -> dict[str, str]:
    """Return the links of the language switch, by the name of each language in itself."""
    (switch,) = re.findall(r'<nav aria-label=.*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)" lang="(\w+)">(.*?)</a>', switch)
    assert all(LANGUAGES[language] == name for _, language, name in links)
    return {language: unescape(address) for address, language, _ in links}


@pytest.mark.parametrize('path', PATHS)
async def test_the_browser_chooses_at_first(cast: Cast, path: str) -> None:
    for language in LANGUAGES:
        page = await cast.browser(f'{language}-XX,de;q=0.9').get(filled_in(path, cast))
        direction = 'rtl' if language == 'ar' else 'ltr'
        assert page.text.startswith(f'<!doctype html>\n<html lang="{language}" dir="{direction}">')
        assert (page.headers['content-language'], page.headers['vary']) == (language, 'Accept-Language')


@pytest.mark.parametrize('path', PATHS)
async def test_every_page_offers_the_other_languages_without_a_cookie(cast: Cast, path: str) -> None:
    rut = cast.browser('sv')
    page = await rut.get(filled_in(path, cast))
    assert list(offered(page.text)) == ['en', 'ar', 'fi', 'uk', 'so']
    for language, address in offered(page.text).items():
        chosen = await rut.get(httpx.URL(str(page.url)).join(address))
        assert f'<html lang="{language}"' in chosen.text
        assert language not in offered(chosen.text)
        assert len(offered(chosen.text)) == 5
    assert not rut.cookies


@everywhere
async def test_what_is_shown_first_looks_unlike_the_page(cast: Cast, language: str) -> None:
    page = (await cast.browser(language).get('/')).text
    first, second = list(offered(page))[:2]
    assert first == ('en' if language == 'sv' else 'sv')
    assert second == ('en' if language == 'ar' else 'ar')
    assert page.index('<details><summary aria-label=') < page.index(f'>{LANGUAGES[first]}<')


@everywhere
async def test_a_chosen_language_stays_wherever_one_goes(cast: Cast, language: str) -> None:
    rut = cast.browser('de')
    await tap(cast, rut, cast.paper, 'full')
    shown = (await rut.get(f'/q/{cast.glass.code}', params={'lang': language})).text
    sent = {'id': form_id(shown), 'problem': 'full'}
    thanks = await rut.post(f'/q/{cast.glass.code}?lang={language}', data=sent, follow_redirects=True)
    noted = await rut.post(_additions_form(thanks.text), files={'note': (None, 'Fullt')}, follow_redirects=True)
    assert thanks.url == noted.url
    pages = [await rut.get(filled_in(path, cast), params={'lang': language}) for path in PATHS]
    for page in (thanks, noted, *pages):
        assert f'<html lang="{language}"' in page.text
        assert _strays(page.text, language) == [], page.url
    assert not rut.cookies


@everywhere
async def test_the_switch_under_a_declined_form_leads_to_a_page(cast: Cast, language: str) -> None:
    rut = cast.browser(language)
    address = await report(cast, rut, cast.glass, 'full')
    for form, sent in ((f'/q/{cast.glass.code}', {'problem': 'sings'}), (f'{address}/note', {'note': ' '})):
        declined = await rut.post(form, data=sent)
        assert declined.status_code == 422
        for other, link in offered(declined.text).items():
            page = await rut.get(httpx.URL(str(declined.url)).join(link), follow_redirects=True)
            assert page.status_code == 200
            assert f'<html lang="{other}"' in page.text


async def test_a_typed_code_and_a_chosen_language_go_together(cast: Cast) -> None:
    page = await cast.browser('sv').get('/q', params={'code': 'Q Q&Q"', 'lang': 'uk'})
    assert offered(page.text)['so'] == '?code=Q+Q%26Q%22&lang=so'
    assert '<input type="hidden" name="lang" value="uk">' in page.text


async def test_an_unknown_language_is_no_choice(cast: Cast) -> None:
    page = await cast.browser('fi').get('/', params={'lang': 'xx'})
    assert '<html lang="fi" dir="ltr">' in page.text
    assert 'href="/in"' in page.text


async def test_swedish_names_are_told_to_be_swedish(cast: Cast) -> None:
    code = cast.glass.code
    assert '<h1>Färgat glas</h1>' in (await cast.browser('sv').get(f'/q/{code}')).text
    assert '<h1><span lang="sv">Färgat glas</span></h1>' in (await cast.browser('so').get(f'/q/{code}')).text


async def test_what_is_written_from_left_to_right_stays_in_one_piece(cast: Cast) -> None:
    rut = cast.browser('ar')
    thanks = (await rut.get(await report(cast, rut, cast.glass, 'full'))).text
    assert '<bdi lang="sv">Färgat glas</bdi>' in thanks
    assert '<bdi dir="ltr">2026-1</bdi>' in thanks
    assert '<bdi lang="sv">Insamlingen</bdi>' in thanks
    assert '<bdi lang="sv">Färgat glas</bdi> – ممتلئة' in (await rut.get('/s/kransmossen')).text
    assert '<bdi' not in (await cast.browser('fi').get('/s/kransmossen')).text


async def test_a_name_can_not_bring_markup_along(cast: Cast) -> None:
    (glass,) = [asset for asset in await cast.services.sites.assets(cast.kransmossen.id) if asset.name == 'Färgat glas']
    await cast.services.context.store.save(glass.model_copy(update={'name': '<b>Glas</b> & {burk}'}))
    for language in LANGUAGES:
        rut = cast.browser(language)
        pages = [await rut.get(await report(cast, rut, cast.glass, 'full')), await rut.get('/s/kransmossen')]
        for page in pages:
            assert '<b>' not in page.text
            assert '&lt;b&gt;Glas&lt;/b&gt; &amp; {burk}' in page.text


@pytest.mark.parametrize(
    ('language', 'marked'),
    [('sv', ''), ('en', ''), ('fi', ' lang="en" dir="auto"'), ('ar', ' lang="en" dir="auto"')],
)
async def test_whom_to_call_is_marked_with_its_language(cast: Cast, language: str, marked: str) -> None:
    contact = 'Bråttom? Ring' if language == 'sv' else 'Urgent? Call'
    assert f'<p class="contact"{marked}>{contact} 033-00 00 00.' in (await cast.browser(language).get('/')).text


async def test_where_nothing_is_written_in_english_swedish_has_to_do(cast: Cast) -> None:
    await cast.services.municipality.change(cast.alva, 'Borås', 'Ring 033.', '')
    for language in ('en', 'fi'):
        page = (await cast.browser(language).get('/')).text
        assert '<p class="contact" lang="sv" dir="auto">Ring 033.</p>' in page
    await cast.services.municipality.change(cast.alva, 'Borås', '', '')
    assert 'class="contact"' not in (await cast.browser('fi').get('/')).text


async def test_only_what_is_written_from_right_to_left_carries_its_styles(cast: Cast) -> None:
    mirrored = 'text-align:right'
    assert mirrored in (await cast.browser('ar').get('/')).text
    assert mirrored not in (await cast.browser('uk').get('/')).text


async def test_a_neighbour_reads_how_it_is_in_ukrainian(cast: Cast) -> None:
    rut = cast.browser('uk')
    for _ in range(3):
        await tap(cast, rut, cast.glass, 'full')
    cast.clock.pass_(minutes=42)
    page = words((await rut.get(f'/q/{cast.glass.code}')).text)
    assert 'Заповнено 3 сусіди · 42 хвилини тому' in page
    assert 'Досі заповнено' in page


async def test_refusals_are_told_in_arabic(cast: Cast) -> None:
    page = await cast.browser('ar').get('/s/atlantis')
    assert page.status_code == 404
    assert 'لا يوجد مكان كهذا.' in page.text


def _additions_form(html: str) -> str:
    (address,) = re.findall(r'action="([^"]*/more[^"]*)"', html)
    return unescape(address)


def _strays(html: str, language: str) -> list[str]:
    """Return the links and forms within Haren that would lose the language."""
    keeps_it = rf'<form [^>]*>\s*<input type="hidden" name="lang" value="{language}">'
    rest = re.sub(keeps_it, '', html.replace(_switch(html), ''))
    addresses = re.findall(r'<(?:a|form)\b[^>]*?(?:href|action)="(/[^"]*)"', rest)
    return [address for address in addresses if f'lang={language}' not in address and not STAYS_OUT.match(address)]


def _switch(html: str) -> str:
    (switch,) = re.findall(r'<nav aria-label=.*?</nav>', html, re.DOTALL)
    return str(switch)


HELP = {
    'sv': 'Fara för liv? Ring {}.',
    'en': 'Is a life in danger? Call {}.',
    'fi': 'Onko henki vaarassa? Soita {}.',
    'ar': 'هل هناك خطر على الحياة؟ اتصل على {}.',
    'uk': 'Є загроза життю? Телефонуйте {}.',
    'so': 'Naf khatar ma ku jirtaa? Wac {}.',
}


@pytest.mark.parametrize('language', LANGUAGES)
async def test_the_emergency_number_is_a_link_in_a_sentence_of_every_language(cast: Cast, language: str) -> None:
    direction = ' dir="ltr"' if language == 'ar' else ''
    sentence = HELP[language].format(f'<a href="tel:112"{direction}>112</a>')
    reader = cast.browser(language)
    thanks = await report(cast, reader, cast.glass, 'full')
    for path in (
        '/',
        '/s/kransmossen',
        f'/q/{cast.glass.code}',
        '/c/2026-1',
        '/offline',
        '/q/ZZZZZZ',
        '/nothing',
        thanks,
    ):
        page = (await reader.get(path)).text
        assert page.count(sentence) == 1, path
        assert page.index(sentence) > page.index('</h1>'), path
        assert 'class="help urgent"' not in page


@pytest.mark.parametrize('language', LANGUAGES)
async def test_it_comes_first_where_something_dangerous_is_reported(cast: Cast, language: str) -> None:
    reader = cast.browser(language)
    thanks = await report(cast, reader, cast.glass, 'dangerous')
    held = await send(reader, cast.glass, id='a-machine-minted-1', problem='dangerous', subject='x')
    for path in (thanks, f'/q/{cast.glass.code}', '/c/2026-1', '/s/kransmossen', held.headers['location']):
        page = (await reader.get(path)).text
        assert page.count('href="tel:112"') == 1
        assert page.index('href="tel:112"') < page.index('<h2' if '<h2' in page else '<form'), path
        if 'class="state' in page:
            assert page.index('href="tel:112"') < page.index('class="state'), path
    assert 'class="help urgent"' not in (await reader.get(f'/q/{cast.paper.code}')).text, (
        'what is held is not said there'
    )
    (case,) = await cast.services.cases.open()
    await cast.services.cases.resolve(cast.fia, case.id)
    for path in (thanks, f'/q/{cast.glass.code}', '/c/2026-1', '/s/kransmossen'):
        assert 'class="help urgent"' not in (await reader.get(path)).text


async def test_a_municipality_that_has_set_nothing_shows_the_number(tmp_path: Path) -> None:
    services = create_test_services(tmp_path)
    server = plain_server(services, Session(services.people, secure=False), secure=False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url='http://haren.test') as browser:
        for path in ('/', '/offline?lang=so', '/q'):
            assert 'href="tel:112"' in (await browser.get(path)).text
    await services.close()


@pytest.mark.parametrize(
    ('typed', 'shown', 'link'),
    [('', '112', '112'), (' ', '112', '112'), ('١١٢', '112', '112'), ('+46 33-00 00', '+46 33-00 00', '+46330000')],
)
async def test_the_number_is_a_setting(cast: Cast, typed: str, shown: str, link: str) -> None:
    await cast.services.municipality.change(cast.alva, 'Borås', 'Ring 033.', '', emergency=typed)
    assert f'<a href="tel:{link}">{shown}</a>' in (await cast.browser('sv').get('/')).text
    await cast.services.municipality.change(cast.alva, 'Borås', 'Ring 034.', '')
    assert f'<a href="tel:{link}">{shown}</a>' in (await cast.browser('sv').get('/')).text, 'it stays'


@pytest.mark.parametrize('typed', ['1', '112a', 'ring 112', '1' * 16, '+', '"><script>', '112;1', '++46'])
async def test_what_is_no_number_is_refused(cast: Cast, typed: str) -> None:
    with pytest.raises(Invalid, match='telephone number'):
        await cast.services.municipality.change(cast.alva, 'Borås', '', '', emergency=typed)
