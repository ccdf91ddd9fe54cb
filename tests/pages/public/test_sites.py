"""How it is, for anybody who looks."""

from __future__ import annotations

import re

import pytest

from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from tests.cast import send_report
from tests.town import Town


async def test_an_empty_municipality_says_what_will_be_here(town: Town) -> None:
    await town.services.context.store.erase(town.site.model_copy(update={'revision': 1}))
    page = (await town.browser().get('/')).text
    assert 'Here our places will be' in page


async def test_places_are_listed_with_their_state_the_troubled_first(town: Town) -> None:
    annelund = await town.services.sites.add(town.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    rut = town.browser()
    empty = (await rut.get('/')).text
    assert _names(empty) == ['Annelund', 'Kransmossen']
    assert empty.count('All is well') == 1
    await town.services.sites.add_asset(town.alva, annelund.id, AssetDraft('Gungan', 'swing'))
    await town.tap(rut, town.glass, 'full')
    await town.tap(rut, town.paper, 'full')
    page = (await rut.get('/')).text
    assert _names(page) == ['Kransmossen', 'Annelund']
    troubled, well = page.split('Annelund')
    assert troubled.count('badge full') == 1
    assert '2 of 2 things need care.' in troubled
    assert 'All is well' in well
    assert 'Playground' in well


async def test_the_front_page_says_whose_it_is_and_where_to_go(town: Town) -> None:
    page = await town.browser().get('/')
    assert page.headers['content-security-policy'].startswith("default-src 'none'")
    assert 'set-cookie' not in page.headers
    assert 'Testås' in page.text
    assert 'href="/in"' in page.text
    assert 'action="/q"' in page.text
    assert 'name="code"' in page.text
    assert 'name="lang"' not in page.text
    assert '<input type="hidden" name="lang" value="sv">' in (await town.browser().get('/?lang=sv')).text


async def test_only_a_demo_says_that_it_is_one(town: Town) -> None:
    assert 'This is a demo' not in (await town.browser().get('/')).text
    municipality = await town.services.municipality.get()
    await town.services.context.store.save(municipality.model_copy(update={'demo': True}))
    assert 'This is a demo' in (await town.browser().get('/')).text


async def test_a_place_shows_how_everything_is_and_what_has_happened_without_names(town: Town) -> None:
    rut = town.browser()
    thanks = await town.thanks(rut, town.paper, 'full')
    await rut.post(f'{thanks}/note', data={'note': 'Ring mig på 070'})
    town.clock.pass_(minutes=20)
    (case,) = await town.services.cases.open()
    await town.services.cases.acknowledge(town.fia, case.id)
    page = (await rut.get('/s/kransmossen')).text
    assert _names(page) == ['Papper 1', 'Färgat glas 1']
    assert 'Recycling station' in page
    assert '1 of 2 things needs care.' in page
    assert 'Seen by Insamling: Papper 1 – full' in page
    assert 'Reported: Papper 1 – full' in page
    assert page.count('<li>') - len(_names(page)) == 2  # the note is nobody else's business
    assert not re.search('Fia|Ring mig', page)


async def test_many_reports_with_notes_do_not_hide_what_happened(town: Town) -> None:
    for number in range(12):
        await send_report(town.services, town.glass.code, 'full', f'a-phone-minted-this-{number}', 'Fullt')
    page = (await town.browser().get('/s/kransmossen')).text
    assert 'Reported: Färgat glas 1 – full' in page
    assert page.count('<li>') - len(_names(page)) == 1


async def test_a_quiet_place_says_what_will_stand_there(town: Town) -> None:
    site = await town.services.sites.add(town.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    page = (await town.browser().get(f'/s/{site.id}')).text
    assert 'Nothing here has a sticker yet.' in page
    assert 'Nothing yet. Reports from this place' in page
    await town.services.sites.add_asset(town.alva, site.id, AssetDraft('Gunga', 'swing'))
    assert 'All is well here.' in (await town.browser().get(f'/s/{site.id}')).text


async def test_a_place_leads_to_its_open_data_and_says_where_it_is(town: Town) -> None:
    rut = town.browser()
    page = (await rut.get('/s/kransmossen')).text
    assert 'href="geo:57.7046,12.9634"' in page
    assert 'href="/s/kransmossen.json"' in page
    assert (await rut.get('/s/kransmossen.json')).json()['name'] == 'Kransmossen'


@pytest.mark.parametrize('path', ['/s/atlantis', '/s/atlantis.json'])
async def test_there_is_no_such_place(town: Town, path: str) -> None:
    answer = await town.browser().get(path)
    assert answer.status_code == 404
    assert 'There is no such place.' in answer.text


@pytest.mark.parametrize('path', ['/', '/s/kransmossen', '/in', '/q', '/nowhere'])
async def test_every_page_has_one_heading_landmarks_and_its_language(town: Town, path: str) -> None:
    page = (await town.browser('sv').get(path)).text
    assert page.startswith('<!doctype html>\n<html lang="sv" dir="ltr">')
    assert page.count('<h1') == 1
    for landmark in ('<header>', '<main>', '<footer>', '<nav aria-label='):
        assert page.count(landmark) == 1


def _names(html: str) -> list[str]:
    return re.findall(r'<span class="name">(?:<span lang="sv">)?(.*?)</span>', html)


async def test_what_staff_say_to_everybody_stands_under_the_teams_name(town: Town) -> None:
    said = Content(kind=EntryKind.LESSON, text='Ring 19811218-9876 om locket', site_id=town.site.id)
    for number, audience in enumerate((Audience.PUBLIC, Audience.STAFF)):
        content = said.model_copy(update={'audience': audience, 'text': f'{said.text} {number}'})
        await town.services.entries.log(town.fia, f'a-phone-minted-this-{number}', content)
    for path in ('/', f'/s/{town.site.id}'):
        page = (await town.browser().get(path)).text
        assert 'From those who work with it' in page
        assert page.count('om locket') == 1
        assert '9876' not in page
        assert town.fia.name not in page
    await town.services.entries.withdraw(town.fia, 'a-phone-minted-this-0')
    assert 'om locket' not in (await town.browser().get('/')).text


async def test_what_is_corrected_to_be_for_staff_is_gone_at_once(town: Town) -> None:
    said = Content(kind=EntryKind.LESSON, text='Locket är lagat', audience=Audience.PUBLIC)
    await town.services.entries.log(town.fia, 'a-phone-minted-this', said)
    assert 'Locket' in (await town.browser().get('/')).text
    await town.services.entries.correct(
        town.fia, 'a-phone-minted-this', said.model_copy(update={'audience': Audience.STAFF})
    )
    assert 'Locket' not in (await town.browser().get('/')).text
