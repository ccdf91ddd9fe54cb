"""Test the sheets of stickers: only administrators may print them."""

from __future__ import annotations

import httpx
import pytest

from app.build import plain_server
from app.domain.people import Person, Role
from app.domain.sites import SiteDraft, SiteKind
from app.domain.sticker_codes import spaced
from app.services.container import Services
from app.services.people import PersonDraft
from app.web.http.session import Session
from components.places.stickers.label import StickerLabel
from components.places.stickers.print_font import unprintable
from pages.files import sticker_sheets
from tests.cast import Cast

SHEETS = ['/sites/kransmossen/stickers.pdf', '/stickers.pdf']


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[StickerLabel]:
    """Record what would be printed, without drawing it."""
    labels: list[StickerLabel] = []

    def sheet(sent: list[StickerLabel], title: str) -> bytes:
        labels.extend(sent)
        return title.encode()

    monkeypatch.setattr(sticker_sheets, 'sheet', sheet)
    return labels


@pytest.mark.parametrize(('path', 'name'), [(SHEETS[0], 'haren-kransmossen.pdf'), (SHEETS[1], 'haren-stickers.pdf')])
async def test_alva_gets_a_sheet(cast: Cast, path: str, name: str) -> None:
    answer = await (await cast.signed_in(cast.alva)).get(path)
    assert answer.status_code == 200
    assert answer.content.startswith(b'%PDF')
    assert answer.headers['content-type'] == 'application/pdf'
    assert answer.headers['content-disposition'] == f'inline; filename="{name}"'


async def test_a_sheet_has_the_sites_own_sticker_first_then_its_things(cast: Cast, printed: list[StickerLabel]) -> None:
    answer = await (await cast.signed_in(cast.alva)).get('/sites/kransmossen/stickers.pdf')
    assert answer.text == 'Stickers for Kransmossen'
    assert [label.code for label in printed] == [cast.kransmossen.code, cast.glass.code, cast.paper.code]
    assert [label.thing for label in printed] == ['', 'Färgat glas', 'Tidningar']
    assert printed[1].url == f'{cast.services.base}/q/{cast.glass.code}'
    assert {(label.place, label.municipality) for label in printed} == {('Kransmossen', 'Borås')}


async def test_all_sites_are_on_the_large_sheet_by_name(cast: Cast, printed: list[StickerLabel]) -> None:
    await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    await (await cast.signed_in(cast.alva)).get('/stickers.pdf')
    assert [label.place for label in printed] == ['Annelund', *['Kransmossen'] * 3]


@pytest.mark.parametrize('language', ['sv', 'en', 'ar'])
async def test_a_sheet_says_on_its_first_page_what_can_not_be_printed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    notes: list[str] = []

    def sheet(labels: list[StickerLabel], title: str, *note: str) -> bytes:
        notes.extend(note)
        return b'%PDF'

    monkeypatch.setattr(sticker_sheets, 'sheet', sheet)
    alva = await cast.signed_in(cast.alva)
    for path in SHEETS:
        await alva.get(path)
    assert not notes
    added = await cast.services.sites.add(cast.alva, SiteDraft('Fågelträdet 🦊', SiteKind.PLAYGROUND))
    for path in ('/stickers.pdf', f'/sites/{added.id}/stickers.pdf'):
        await alva.get(path, headers={'accept-language': language})
    assert len(notes) == 2
    for note in notes:
        assert not unprintable((note,))
        assert note.split('\n\n')[1] == f'{spaced(added.code)}  Fågelträdet □: U+1F98A FOX FACE'
        assert note.startswith('Några tecken' if language == 'sv' else 'Some characters')


async def test_what_has_been_taken_away_is_not_printed(cast: Cast, printed: list[StickerLabel]) -> None:
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    alva = await cast.signed_in(cast.alva)
    await alva.get('/sites/kransmossen/stickers.pdf')
    assert cast.glass.code not in [label.code for label in printed]
    assert (await alva.get(f'/stickers/{cast.glass.code}.svg')).status_code == 410


async def test_one_sticker_comes_as_svg_for_a_thing_or_a_site(cast: Cast) -> None:
    alva = await cast.signed_in(cast.alva)
    for code, words in ((cast.glass.code.lower(), 'Färgat glas'), (cast.kransmossen.code, 'Kransmossen')):
        answer = await alva.get(f'/stickers/{code}.svg')
        assert answer.headers['content-type'].startswith('image/svg+xml')
        assert answer.headers['content-disposition'] == f'inline; filename="haren-{code.upper()}.svg"'
        assert words in answer.text


async def test_a_replaced_sticker_is_not_printed_again(cast: Cast) -> None:
    new = await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    alva = await cast.signed_in(cast.alva)
    answer = await alva.get(f'/stickers/{cast.glass.code}.svg')
    assert answer.status_code == 410
    assert f'There is a newer sticker, with the code {new.code}.' in answer.text
    assert (await alva.get(f'/stickers/{new.code}.svg')).status_code == 200


@pytest.mark.parametrize('path', ['/sites/atlantis/stickers.pdf', '/stickers/000000.svg', '/stickers/nonsense.svg'])
async def test_there_is_nothing_to_print(cast: Cast, path: str) -> None:
    assert (await (await cast.signed_in(cast.alva)).get(path)).status_code == 404


async def test_nobody_but_an_administrator_prints(cast: Cast, printed: list[StickerLabel]) -> None:
    for path in (*SHEETS, f'/stickers/{cast.glass.code}.svg'):
        assert (await cast.browser().get(path)).status_code == 401
        for person in (cast.fia, cast.leo):
            assert (await _as(cast, person, path)) == 403
    assert not printed


async def _as(cast: Cast, person: Person, path: str) -> int:
    return (await (await cast.signed_in(person)).get(path)).status_code


async def test_without_a_place_there_is_nothing_to_print_and_a_sentence_says_so(services: Services) -> None:
    alva = await services.people.add(None, PersonDraft('Alva', Role.ADMIN))
    server = plain_server(services, Session(services.people, secure=False), secure=False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url='http://haren.test') as browser:
        await browser.post(f'/join/{await services.people.invite(None, alva.id)}')
        answer = await browser.get('/stickers.pdf', headers={'accept-language': 'en'})
    assert answer.status_code == 404
    assert 'There are no stickers yet' in answer.text
