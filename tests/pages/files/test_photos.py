"""Test photos: Rut adds one to her report, and only staff can see it."""

from __future__ import annotations

import re

import httpx
import pytest

from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.people import Role
from app.services.people import PersonDraft
from app.services.photo_processing import LARGEST_PHOTO
from tests import sample_photos
from tests.cast import Cast
from tests.public_pages import alert, report, words
from tests.sample_photos import heic, opened, photo, segments

ARRIVED = '<span>Your photo has arrived. It isn’t shown on the web.</span>'


async def send_photo(
    browser: httpx.AsyncClient, thanks: str, content: bytes, name: str = 'IMG 1.jpg'
) -> httpx.Response:
    """Send a photo with the form of the thanks page."""
    return await browser.post(f'{thanks}/photo', files={'photo': (name, content)})


async def name_of_photo(cast: Cast) -> str:
    """Return the name of the photo of the only open case."""
    (case,) = await cast.services.cases.open()
    (name,) = await cast.services.context.photos_of(case.id)
    return name


@pytest.mark.parametrize('content', [photo(orientation=6), heic(6)], ids=['a turned JPEG with GPS', 'a turned HEIC'])
async def test_a_photo_arrives_upright_and_clean_and_staff_see_it(cast: Cast, content: bytes) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    answer = await send_photo(rut, thanks, content)
    assert (answer.status_code, answer.headers['location']) == (303, thanks)
    page = (await rut.get(thanks)).text
    assert ARRIVED in page
    assert '<input type="file" id="photo" name="photo"' in page, 'another one can take its place'
    name = await name_of_photo(cast)
    assert name not in page
    seen = await (await cast.signed_in(cast.fia)).get(f'/photos/{name}')
    assert seen.headers['content-type'] == 'image/jpeg'
    assert set(segments(seen.content)) == {0xE0, 0xDB, 0xC2, 0xC4}
    assert sample_photos.is_upright(opened(seen.content))


async def test_only_staff_see_it(cast: Cast) -> None:
    rut = cast.browser()
    await send_photo(rut, await report(cast, rut, cast.glass, 'full'), photo())
    name = await name_of_photo(cast)
    refused = await rut.get(f'/photos/{name}')
    assert refused.status_code == 401
    assert 'Staff sign-in' in refused.text
    for address in (f'/q/{cast.glass.code}', '/', '/s/kransmossen', '/s/kransmossen.json'):
        assert name not in (await rut.get(address)).text
    fia = await cast.signed_in(cast.fia)
    seen = await fia.get(f'/photos/{name}')
    assert seen.status_code == 200
    assert seen.headers['cache-control'] == 'private, max-age=86400, immutable'
    assert seen.headers['x-content-type-options'] == 'nosniff'
    assert seen.headers['content-disposition'].startswith('inline')
    await cast.services.people.revoke(cast.alva, (await cast.services.people.devices('fia'))[0].id)
    assert (await fia.get(f'/photos/{name}')).status_code == 401


@pytest.mark.parametrize('name', ['sha256-' + '0' * 64, 'sha256-', '..%2Flock', 'lock'])
async def test_what_is_no_photo_is_not_there(cast: Cast, name: str) -> None:
    answer = await (await cast.signed_in(cast.fia)).get(f'/photos/{name}')
    assert answer.status_code == 404


async def test_staff_at_the_container_see_its_photos(cast: Cast) -> None:
    rut = cast.browser()
    await send_photo(rut, await report(cast, rut, cast.glass, 'full'), photo())
    page = (await (await cast.signed_in(cast.fia)).get(f'/q/{cast.glass.code}')).text
    shown = re.search(r'<a href="(/photos/[^"]+)"><img src="([^"]+)"[^>]* alt="([^"]+)">', page)
    assert shown
    assert shown[1] == shown[2] == f'/photos/{await name_of_photo(cast)}'
    assert shown[3] == 'Photo 1'
    assert '<img' not in (await rut.get(f'/q/{cast.glass.code}')).text


@pytest.mark.parametrize(
    ('content', 'status', 'sentence'),
    [
        (b'', 422, 'Choose a photo first.'),
        (b'GIF89a' + bytes(40), 422, 'We can’t read this file. Send a photo as JPEG, PNG, WebP or HEIC.'),
        (photo()[:-200], 422, 'The photo can’t be opened. Choose another one.'),
        (photo() + sample_photos.archive(), 422, 'The file contains more than a photo, so we didn’t keep it. '
         'Choose another one.'),
        (photo() + bytes(LARGEST_PHOTO), 413, 'That photo is larger than 15 MB. Choose a smaller one.'),
        (photo() + bytes(LARGEST_PHOTO + 2**20), 413, 'That photo is larger than 15 MB. Choose a smaller one.'),
    ],
    ids=['none', 'GIF', 'cut', 'ZIP', 'large', 'larger'],
)  # fmt: skip
async def test_a_photo_that_is_refused_says_why_and_costs_nothing_else(
    cast: Cast, content: bytes, status: int, sentence: str
) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    await rut.post(f'{thanks}/note', data={'note': 'Locket sitter fast'})
    answer = await send_photo(rut, thanks, content)
    assert answer.status_code == status
    assert alert(answer.text) == sentence
    assert '>Locket sitter fast</p>' in answer.text
    assert answer.text.index(sentence) < answer.text.index('<textarea id="note"'), 'it is read before the form'
    assert ARRIVED not in (await rut.get(thanks)).text
    (case,) = await cast.services.cases.open()
    assert (case.reports, await cast.services.context.photos_of(case.id)) == (1, ())


async def test_a_replacement_that_is_refused_leaves_the_first(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    await send_photo(rut, thanks, photo())
    first = await name_of_photo(cast)
    answer = await send_photo(rut, thanks, b'no picture')
    assert ARRIVED in answer.text
    assert alert(answer.text)
    assert await name_of_photo(cast) == first
    await send_photo(rut, thanks, photo(size=(60, 60)))
    assert await name_of_photo(cast) != first


@pytest.mark.parametrize(
    ('body', 'kind', 'status'),
    [
        (b'photo=IMG_1.jpg', 'application/x-www-form-urlencoded', 422),
        (b'nonsense', 'multipart/form-data; boundary=x', 400),
        (b'--x\r\nnonsense', 'multipart/form-data; boundary=x', 422),
        (b'', 'multipart/form-data', 400),
        (b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\ntext\r\n--x--\r\n',
         'multipart/form-data; boundary=x', 422),
        (b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\n' + b'a' * 2_000 + b'\r\n--x--\r\n',
         'multipart/form-data; boundary=x', 400),
        (b'--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\na\r\n' * 2 + b'--x--\r\n',
         'multipart/form-data; boundary=x', 400),
    ],
)  # fmt: skip
async def test_odd_forms_are_declined_in_words(cast: Cast, body: bytes, kind: str, status: int) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    answer = await rut.post(f'{thanks}/photo', content=body, headers={'content-type': kind})
    assert answer.status_code == status
    assert alert(answer.text)


async def test_while_nothing_can_be_kept_the_report_stands_and_it_is_said(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    photos = cast.services.context.store.photos
    folder = photos.folder  # type: ignore[attr-defined]
    folder.write_bytes(b'a file where the folder should be')
    answer = await send_photo(rut, thanks, photo())
    assert answer.status_code == 503
    assert (
        alert(answer.text)
        == 'The photo can’t be saved right now, but your report is. Try sending the photo again later.'
    )
    folder.unlink()
    assert (await send_photo(rut, thanks, photo())).status_code == 303


async def test_the_form_works_without_script_and_the_chosen_language_stays(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    page = (await rut.get(f'{thanks}?lang=sv')).text
    form = re.search(r'<form[^>]* enctype="multipart/form-data" action="([^"]+)"', page)
    assert form
    answer = await rut.post(form[1], files={'photo': ('a.jpg', photo())})
    assert answer.headers['location'] == f'{thanks}?lang=sv'
    assert (await rut.get(f'{thanks}/photo')).headers['location'] == thanks


async def test_the_thanks_page_names_no_file_and_loads_modules_of_ours_alone(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    page = await cast.browser().get(thanks)
    sources = re.findall(r'<script type="module" src="([^"]+)"', page.text)
    assert 0 < len(sources) == page.text.count('<script')
    for source in sources:
        assert source.startswith('/')
        assert (await cast.browser().get(source)).status_code == 200
    policy = page.headers['content-security-policy']
    assert "default-src 'none'" in policy
    assert "script-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'" in policy
    assert 'unsafe' not in policy
    assert 'A photo' in words(page.text)


async def test_a_photo_of_an_entry_is_for_those_who_may_read_it_now(cast: Cast) -> None:
    services, entry_id = cast.services, 'a-phone-minted-this-entry'
    said = Content(kind=EntryKind.ACTIVITY, text='Så ser det ut', audience=Audience.TEAM)
    await services.entries.log(cast.fia, entry_id, said)
    await services.entries.add_photo(cast.fia, entry_id, 1, photo())
    street = await services.people.add_team(cast.alva, 'Gatan', 'Gatukontoret')
    nils = await cast.signed_in(await services.people.add(cast.alva, PersonDraft('Nils', Role.FIELD, street.id)))
    fia = await cast.signed_in(cast.fia)
    address = f'/entries/{entry_id}/photos/1'
    seen = await fia.get(address)
    assert (seen.status_code, seen.headers['content-type']) == (200, 'image/jpeg')
    assert seen.headers['cache-control'] == 'private, no-cache'
    assert [(await reader.get(address)).status_code for reader in (cast.browser(), nils)] == [401, 404]
    assert (await fia.get(f'/entries/{entry_id}/photos/2')).status_code == 404
    await services.entries.withdraw(cast.fia, entry_id)
    assert (await fia.get(address)).status_code == 404
