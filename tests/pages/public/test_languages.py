"""Rut's neighbours read Finnish, Arabic, Ukrainian, Somali: they choose once, and every page stays in it."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from app.i18n import LANGUAGES
from tests.town import Town, form_id, words

everywhere = pytest.mark.parametrize('language', LANGUAGES)
PATHS = (
    '/',
    '/s/kransmossen',
    '/q/{code}',
    '/q/{site}',
    '/q',
    '/q/QQQQQQ',
    '/c/2026-1',
    '/in',
    '/join/forged',
    '/nowhere',
)

STAYS_OUT = re.compile(r'^/(feed$|[\w./-]+\.(json|geojson|atom|svg)\b)')
"""Addresses that a chosen language has nothing to do with: staff screens and data."""


def filled_in(path: str, town: Town) -> str:
    return path.format(code=town.glass.code, site=town.site.code)


def offered(html: str) -> dict[str, str]:
    """The switch: own names of languages, and where they lead."""
    (switch,) = re.findall(r'<nav aria-label=.*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)" lang="(\w+)">(.*?)</a>', switch)
    assert all(LANGUAGES[language] == name for _, language, name in links)
    return {language: unescape(address) for address, language, _ in links}


@pytest.mark.parametrize('path', PATHS)
async def test_the_browser_chooses_at_first(town: Town, path: str) -> None:
    for language in LANGUAGES:
        page = await town.browser(f'{language}-XX,de;q=0.9').get(filled_in(path, town))
        direction = 'rtl' if language == 'ar' else 'ltr'
        assert page.text.startswith(f'<!doctype html>\n<html lang="{language}" dir="{direction}">')
        assert (page.headers['content-language'], page.headers['vary']) == (language, 'Accept-Language')


@pytest.mark.parametrize('path', PATHS)
async def test_every_page_offers_the_other_languages_without_a_cookie(town: Town, path: str) -> None:
    rut = town.browser('sv')
    page = await rut.get(filled_in(path, town))
    assert list(offered(page.text)) == ['en', 'ar', 'fi', 'uk', 'so']
    for language, address in offered(page.text).items():
        chosen = await rut.get(httpx.URL(str(page.url)).join(address))
        assert f'<html lang="{language}"' in chosen.text
        assert language not in offered(chosen.text)
        assert len(offered(chosen.text)) == 5
    assert not rut.cookies


@everywhere
async def test_what_is_shown_first_looks_unlike_the_page(town: Town, language: str) -> None:
    page = (await town.browser(language).get('/')).text
    first, second = list(offered(page))[:2]
    assert first == ('en' if language == 'sv' else 'sv')
    assert second == ('en' if language == 'ar' else 'ar')
    assert page.index('<details><summary aria-label=') < page.index(f'>{LANGUAGES[first]}<')


@everywhere
async def test_a_chosen_language_stays_wherever_one_goes(town: Town, language: str) -> None:
    rut = town.browser('de')
    await town.tap(rut, town.paper, 'full')
    shown = (await rut.get(f'/q/{town.glass.code}', params={'lang': language})).text
    sent = {'id': form_id(shown), 'problem': 'full'}
    thanks = await rut.post(f'/q/{town.glass.code}?lang={language}', data=sent, follow_redirects=True)
    noted = await rut.post(_note_form(thanks.text), data={'note': 'Fullt'}, follow_redirects=True)
    assert thanks.url == noted.url
    pages = [await rut.get(filled_in(path, town), params={'lang': language}) for path in PATHS]
    for page in (thanks, noted, *pages):
        assert f'<html lang="{language}"' in page.text
        assert _strays(page.text, language) == [], page.url
    assert not rut.cookies


@everywhere
async def test_the_switch_under_a_declined_form_leads_to_a_page(town: Town, language: str) -> None:
    rut = town.browser(language)
    address = await town.thanks(rut, town.glass, 'full')
    for form, sent in ((f'/q/{town.glass.code}', {'problem': 'sings'}), (f'{address}/note', {'note': ' '})):
        declined = await rut.post(form, data=sent)
        assert declined.status_code == 422
        for other, link in offered(declined.text).items():
            page = await rut.get(httpx.URL(str(declined.url)).join(link), follow_redirects=True)
            assert page.status_code == 200
            assert f'<html lang="{other}"' in page.text


async def test_a_typed_code_and_a_chosen_language_go_together(town: Town) -> None:
    page = await town.browser('sv').get('/q', params={'code': 'Q Q&Q"', 'lang': 'uk'})
    assert offered(page.text)['so'] == '?code=Q+Q%26Q%22&lang=so'
    assert '<input type="hidden" name="lang" value="uk">' in page.text


async def test_an_unheard_of_language_is_no_choice(town: Town) -> None:
    page = await town.browser('fi').get('/', params={'lang': 'xx'})
    assert '<html lang="fi" dir="ltr">' in page.text
    assert 'href="/in"' in page.text


async def test_swedish_names_are_told_to_be_swedish(town: Town) -> None:
    code = town.glass.code
    assert '<h1>Färgat glas 1</h1>' in (await town.browser('sv').get(f'/q/{code}')).text
    assert '<h1><span lang="sv">Färgat glas 1</span></h1>' in (await town.browser('so').get(f'/q/{code}')).text


async def test_what_is_written_from_left_to_right_stays_in_one_piece(town: Town) -> None:
    rut = town.browser('ar')
    thanks = (await rut.get(await town.thanks(rut, town.glass, 'full'))).text
    assert '<bdi lang="sv">Färgat glas 1</bdi>' in thanks
    assert '<bdi dir="ltr">2026-1</bdi>' in thanks
    assert '<bdi lang="sv">Insamling</bdi>' in thanks
    assert '<bdi lang="sv">Färgat glas 1</bdi> – ممتلئة' in (await rut.get('/s/kransmossen')).text
    assert '<bdi dir="ltr">57.7046,12.9634</bdi>' in (await rut.get('/s/kransmossen')).text
    assert '<bdi' not in (await town.browser('fi').get('/s/kransmossen')).text


async def test_a_name_can_not_bring_markup_along(town: Town) -> None:
    (glass,) = [asset for asset in await town.services.sites.assets(town.site.id) if asset.name == 'Färgat glas 1']
    await town.services.context.store.save(glass.model_copy(update={'name': '<b>Glas</b> & {burk}'}))
    for language in LANGUAGES:
        rut = town.browser(language)
        pages = [await rut.get(await town.thanks(rut, town.glass, 'full')), await rut.get('/s/kransmossen')]
        for page in pages:
            assert '<b>' not in page.text
            assert '&lt;b&gt;Glas&lt;/b&gt; &amp; {burk}' in page.text


@pytest.mark.parametrize(
    ('language', 'marked'),
    [('sv', ''), ('en', ''), ('fi', ' lang="en" dir="auto"'), ('ar', ' lang="en" dir="auto"')],
)
async def test_whom_to_call_is_marked_with_its_language(town: Town, language: str, marked: str) -> None:
    told = 'Bråttom? Ring' if language == 'sv' else 'Urgent? Call'
    assert f'<p class="contact"{marked}>{told} 033-00 00 00.' in (await town.browser(language).get('/')).text


async def test_where_nothing_is_written_in_english_swedish_has_to_do(town: Town) -> None:
    await town.services.municipality.change(town.alva, 'Testås', 'Ring 033.', '')
    for language in ('en', 'fi'):
        page = (await town.browser(language).get('/')).text
        assert '<p class="contact" lang="sv" dir="auto">Ring 033.</p>' in page
    await town.services.municipality.change(town.alva, 'Testås', '', '')
    assert 'class="contact"' not in (await town.browser('fi').get('/')).text


async def test_only_what_is_written_from_right_to_left_carries_its_styles(town: Town) -> None:
    mirrored = 'text-align:right'
    assert mirrored in (await town.browser('ar').get('/')).text
    assert mirrored not in (await town.browser('uk').get('/')).text


async def test_a_neighbour_reads_how_it_is_in_ukrainian(town: Town) -> None:
    rut = town.browser('uk')
    for _ in range(3):
        await town.tap(rut, town.glass, 'full')
    town.clock.pass_(minutes=42)
    page = words((await rut.get(f'/q/{town.glass.code}')).text)
    assert 'Переповнено 3 сусіди · 42 хвилини тому' in page
    assert 'Досі переповнено' in page


async def test_refusals_are_told_in_arabic(town: Town) -> None:
    page = await town.browser('ar').get('/s/atlantis')
    assert page.status_code == 404
    assert 'لا يوجد مكان كهذا.' in page.text


def _note_form(html: str) -> str:
    (address,) = re.findall(r'action="([^"]*/note[^"]*)"', html)
    return unescape(address)


def _strays(html: str, language: str) -> list[str]:
    """Links and forms within Haren that would forget the language."""
    addresses = re.findall(r'<(?:a|form)\b[^>]*?(?:href|action)="(/[^"]*)"', html.replace(_switch(html), ''))
    with_a_field = ['/q'] if f'<input type="hidden" name="lang" value="{language}">' in html else []
    return [
        address for address in addresses
        if f'lang={language}' not in address and address not in with_a_field and not STAYS_OUT.match(address)
    ]  # fmt: skip


def _switch(html: str) -> str:
    (switch,) = re.findall(r'<nav aria-label=.*?</nav>', html, re.DOTALL)
    return str(switch)
