"""Test the public page of a site, which shows how it is."""

from __future__ import annotations

import re

import pytest

from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from tests.cast import Cast, send_report
from tests.public_pages import report, tap, words


async def test_an_empty_municipality_says_what_will_be_here(cast: Cast) -> None:
    await cast.services.context.store.erase(cast.kransmossen.model_copy(update={'revision': 1}))
    page = (await cast.browser().get('/')).text
    assert 'Our places will appear here' in page


async def test_places_are_listed_with_their_state_the_troubled_first(cast: Cast) -> None:
    annelund = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    rut = cast.browser()
    empty = (await rut.get('/')).text
    assert _names(empty) == ['Annelund', 'Kransmossen']
    assert empty.count('All good') == 1
    await cast.services.sites.add_asset(cast.alva, annelund.id, AssetDraft('Gungan', 'swing'))
    await tap(cast, rut, cast.glass, 'full')
    await tap(cast, rut, cast.paper, 'full')
    page = (await rut.get('/')).text
    assert _names(page) == ['Kransmossen', 'Annelund']
    troubled, well = page.split('Annelund')
    assert troubled.count('badge full') == 1
    assert '2 of 2 have something reported.' in troubled
    assert 'All good' in well
    assert 'Playground' in well


async def test_the_front_page_says_whose_it_is_and_where_to_go(cast: Cast) -> None:
    page = await cast.browser().get('/')
    assert page.headers['content-security-policy'].startswith("default-src 'none'")
    assert 'set-cookie' not in page.headers
    assert 'Borås' in page.text
    assert 'href="/in"' in page.text
    assert 'action="/q"' in page.text
    assert 'name="code"' in page.text
    assert 'name="lang"' not in page.text
    assert (await cast.browser().get('/?lang=sv')).text.count('<input type="hidden" name="lang" value="sv">') == 2


async def test_only_a_demo_says_that_it_is_one(cast: Cast) -> None:
    assert 'This is a demo' not in (await cast.browser().get('/')).text
    municipality = await cast.services.municipality.get()
    await cast.services.context.store.save(municipality.model_copy(update={'demo': True}))
    assert 'This is a demo' in (await cast.browser().get('/')).text


async def test_a_place_shows_how_everything_is_and_what_has_happened_without_names(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.paper, 'full')
    await rut.post(f'{thanks}/note', data={'note': 'Ring mig på 070'})
    cast.clock.pass_(minutes=20)
    (case,) = await cast.services.cases.open()
    await cast.services.cases.acknowledge(cast.fia, case.id)
    page = (await rut.get('/s/kransmossen')).text
    assert _names(page) == ['Tidningar', 'Färgat glas']
    assert 'Recycling station' in page
    assert '1 of 2 has something reported.' in page
    assert 'Insamlingen is taking care of: Tidningar – full' in page
    assert 'Reported: Tidningar – full' in page
    assert page.count('<li>') - len(_names(page)) == 2  # the note is not public
    assert not re.search('Fia|Ring mig', page)


async def test_many_reports_with_notes_do_not_hide_what_happened(cast: Cast) -> None:
    for number in range(12):
        await send_report(cast.services, cast.glass.code, 'full', f'a-phone-minted-this-{number}', 'Fullt')
    page = (await cast.browser().get('/s/kransmossen')).text
    assert 'Reported: Färgat glas – full' in page
    assert page.count('<li>') - len(_names(page)) == 1


async def test_a_quiet_place_says_what_will_stand_there(cast: Cast) -> None:
    site = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    page = (await cast.browser().get(f'/s/{site.id}')).text
    assert 'Nothing here has a sticker yet.' in page
    assert 'Nothing yet. Reports from this place' in page
    await cast.services.sites.add_asset(cast.alva, site.id, AssetDraft('Gunga', 'swing'))
    assert 'All good here.' in (await cast.browser().get(f'/s/{site.id}')).text


async def test_a_place_opens_in_maps(cast: Cast) -> None:
    page = (await cast.browser().get('/s/kransmossen')).text
    web = 'https://www.openstreetmap.org/?mlat=57.7046&amp;mlon=12.9634#map=18/57.7046/12.9634'
    place = 'data-place="57.7046,12.9634" data-name="Kransmossen"'
    assert f'<a class="up" href="{web}" rel="noreferrer" {place}>' in page
    assert '57.7046' not in words(page)
    nowhere = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    assert 'openstreetmap' not in (await cast.browser().get(f'/s/{nowhere.id}')).text


@pytest.mark.parametrize(
    ('typed', 'found'),
    [
        ('', ['Kransmossen', 'Ängsparken', 'Övre torget']),
        ('  KRANS ', ['Kransmossen']),
        ('mossen', []),
        ('ang', []),
        ('a\u0308ngs', ['Ängsparken']),
        ('torg öv', ['Övre torget']),
        ('lekplats', ['Ängsparken']),
        ('- !', ['Kransmossen', 'Ängsparken', 'Övre torget']),
        ('<b>"', []),
    ],
)
async def test_a_place_is_found_by_the_beginnings_of_its_words(cast: Cast, typed: str, found: list[str]) -> None:
    await cast.services.sites.add(cast.alva, SiteDraft('Övre torget', SiteKind.MEETING_PLACE))
    await cast.services.sites.add(cast.alva, SiteDraft('Ängsparken', SiteKind.PLAYGROUND))
    page = (await cast.browser('sv').get('/', params={'q': typed})).text
    assert _names(page) == found
    assert ('Ingen plats matchar' in words(page)) == (not found)
    assert ('Visa alla platser' in page) == bool(typed.strip())
    assert '<b>' not in page


async def test_a_search_keeps_the_chosen_language(cast: Cast) -> None:
    page = (await cast.browser('sv').get('/', params={'q': 'krans', 'lang': 'en'})).text
    form = re.search(r'<form class="find".*?</form>', page, re.DOTALL)
    assert form
    assert '<input type="hidden" name="lang" value="en">' in form[0]
    assert 'value="krans"' in form[0]
    assert 'href="/?lang=en"' in form[0]


@pytest.mark.parametrize('path', ['/s/atlantis', '/s/atlantis.json'])
async def test_there_is_no_such_place(cast: Cast, path: str) -> None:
    answer = await cast.browser().get(path)
    assert answer.status_code == 404
    assert 'That place doesn’t exist.' in answer.text


@pytest.mark.parametrize('path', ['/', '/s/kransmossen', '/in', '/q', '/nowhere'])
async def test_every_page_has_one_heading_landmarks_and_its_language(cast: Cast, path: str) -> None:
    page = (await cast.browser('sv').get(path)).text
    assert page.startswith('<!doctype html>\n<html lang="sv" dir="ltr">')
    assert page.count('<h1') == 1
    for landmark in ('<header>', '<main>', '<footer>', '<nav aria-label='):
        assert page.count(landmark) == 1


def _names(html: str) -> list[str]:
    return re.findall(r'<span class="name">(?:<span lang="sv">)?(.*?)</span>', html)


async def test_what_staff_say_to_everybody_stands_under_the_teams_name(cast: Cast) -> None:
    said = Content(kind=EntryKind.LESSON, text='Ring 19811218-9876 om locket', site_id=cast.kransmossen.id)
    for number, audience in enumerate((Audience.PUBLIC, Audience.STAFF)):
        content = said.model_copy(update={'audience': audience, 'text': f'{said.text} {number}'})
        await cast.services.entries.log(cast.fia, f'a-phone-minted-this-{number}', content)
    for path in ('/', f'/s/{cast.kransmossen.id}'):
        page = (await cast.browser().get(path)).text
        assert 'From staff' in page
        assert page.count('om locket') == 1
        assert '9876' not in page
        assert cast.fia.name not in page
    await cast.services.entries.withdraw(cast.fia, 'a-phone-minted-this-0')
    assert 'om locket' not in (await cast.browser().get('/')).text


async def test_what_is_corrected_to_be_for_staff_is_gone_at_once(cast: Cast) -> None:
    said = Content(kind=EntryKind.LESSON, text='Locket är lagat', audience=Audience.PUBLIC)
    await cast.services.entries.log(cast.fia, 'a-phone-minted-this', said)
    assert 'Locket' in (await cast.browser().get('/')).text
    await cast.services.entries.correct(
        cast.fia, 'a-phone-minted-this', said.model_copy(update={'audience': Audience.STAFF})
    )
    assert 'Locket' not in (await cast.browser().get('/')).text
