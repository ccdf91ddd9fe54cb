"""Test a photo with a report, from the phone to the staff's feed: without script, and with it."""

from __future__ import annotations

import base64

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests import sample_photos
from tests.browser.accessibility import fits, violations
from tests.browser.conftest import A_READERS_SECOND, Open, Server, code_of
from tests.sample_photos import GREEN, RED, near, opened, segments

CLEAN = {0xE0, 0xDB, 0xC2, 0xC4}
ARRIVED = 'Your photo has arrived. It isn’t shown on the web.'

RECORD = """
const send = XMLHttpRequest.prototype.send;
window.sent = [];
XMLHttpRequest.prototype.send = async function (body) {
  const photo = body instanceof FormData ? body.get("photo") : body;
  const bytes = new Uint8Array(await new Response(photo).arrayBuffer());
  window.sent.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
  return send.call(this, body);
};
"""
"""Records every photo that is sent."""

NOISE = """
CanvasRenderingContext2D.prototype.getImageData = () => ({ data: [7, 7, 7, 255] });
"""
"""Hands out noise in place of what was drawn, as a browser does that prevents fingerprinting."""


def file(content: bytes, name: str = 'IMG 1.jpg', kind: str = 'image/jpeg') -> FilePayload:
    return {'name': name, 'mimeType': kind, 'buffer': content}


def large_photo() -> bytes:
    """Make a photo as a phone held upright writes it: large, turned, and with EXIF data that says where."""
    image = sample_photos.scene(2400, 3200)
    image = Image.blend(image, Image.effect_noise(image.size, 90).convert('RGB'), 0.3)
    return sample_photos.written(
        image.transpose(Image.Transpose.ROTATE_90), 'JPEG', exif=sample_photos.exif(6), quality=95
    )


def report(server: Server, page: Page, asset: str) -> str:
    """Report with one tap. Return the address of the thanks page."""
    page.goto(f'/q/{code_of(page, "kransmossen", asset)}')
    server.advance_clock(A_READERS_SECOND)
    page.locator('button.problem').first.click()
    page.wait_for_url('**/thanks/*')
    return page.url


def send(page: Page, chosen: FilePayload | None = None, note: str | None = None) -> None:
    """Fill in the form for a note and a photo, and send both."""
    if page.locator('main summary').count() and not page.locator('[type=file]').is_visible():
        page.locator('main summary').click()
    if chosen:
        page.locator('[type=file]').set_input_files(chosen)
    if note is not None:
        page.locator('#note').fill(note)
    page.get_by_role('button', name='Send', exact=True).click()


def newest_photo(sign_in: Open) -> bytes:
    """Return the first photo in the staff's feed."""
    leo = sign_in('leo')
    leo.goto('/feed?whose=all')
    row = leo.locator('.feed-row').filter(has=leo.locator('.feed-photos')).filter(has_text='Tidningar 1').first
    row.get_by_role('button', name='Visa mer').click()
    picture = leo.locator('.feed-row .photos img').first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property('complete', True)
    assert picture.evaluate('picture => picture.naturalWidth') > 0
    assert 'Tidningar 1' in (picture.get_attribute('alt') or '')
    assert violations(leo) == []
    return leo.request.get(picture.get_attribute('src') or '').body()


@pytest.mark.parametrize(
    ('content', 'name'),
    [(sample_photos.photo(orientation=6, size=(1500, 1000)), 'IMG.jpg'), (sample_photos.heic(6), 'IMG.heic')],
    ids=['a turned JPEG with GPS', 'a turned HEIC'],
)
def test_without_script_it_comes_out_upright_and_clean(
    server: Server, stranger: Open, sign_in: Open, content: bytes, name: str
) -> None:
    rut = stranger(java_script_enabled=False)
    report(server, rut, 'Tidningar 1')
    send(rut, file(b'no picture at all'), 'Locket sitter fast')
    expect(rut.get_by_role('alert')).to_have_text(
        'Your comment has arrived. We can’t read this file. Send a photo as JPEG, PNG, WebP or HEIC.'
    )
    expect(rut.locator('.said')).to_have_text('Locket sitter fast')
    expect(rut.locator('#note')).to_have_value('Locket sitter fast')
    send(rut, file(content, name))
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    expect(rut.locator('.said')).to_have_text('Locket sitter fast')
    seen = newest_photo(sign_in)
    assert set(segments(seen)) == CLEAN
    assert sample_photos.is_upright(opened(seen))
    assert rut.context.cookies() == []


def test_with_script_a_large_one_is_sent_small_and_clean(server: Server, stranger: Open, sign_in: Open) -> None:
    rut = stranger()
    rut.add_init_script(RECORD)
    address = report(server, rut, 'Tidningar 1')
    content = large_photo()
    send(rut, file(content), 'Locket sitter fast')
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    expect(rut.locator('.said')).to_have_text('Locket sitter fast')
    (sent,) = [base64.b64decode(body) for body in rut.evaluate('window.sent')]
    print(f'{len(content):,} bytes chosen, {len(sent):,} sent')
    assert len(sent) < len(content) / 4
    assert sample_photos.PHONE.encode() not in sent
    assert not {0xE1, 0xED, 0xFE} & set(segments(sent))  # EXIF and XMP, Photoshop's, comments
    picture = opened(sent)
    assert picture.size == (1200, 1600)
    assert near(picture.getpixel((300, 400)), RED, 90)
    assert near(picture.getpixel((900, 400)), GREEN, 90)
    assert rut.url == address
    assert opened(newest_photo(sign_in)).size == (1200, 1600)


def test_what_is_refused_or_cut_off_is_said_beside_the_form_and_stays(server: Server, stranger: Open) -> None:
    rut = stranger()
    address = report(server, rut, 'Tidningar 1')
    send(rut, file(b'GIF89a nothing', 'a.gif', 'image/gif'), 'Locket sitter fast')
    alert = rut.locator('form [role=alert]')
    expect(alert).to_contain_text('Your comment has arrived.')
    expect(alert).to_contain_text('We can’t read this file.')
    expect(rut.locator('.said')).to_have_text('Locket sitter fast')
    assert rut.locator('[type=file]').evaluate('field => field.files[0].name') == 'a.gif'
    rut.context.set_offline(True)
    send(rut, file(sample_photos.photo()), 'Locket är löst')
    expect(alert).to_have_text('That didn’t get through. It’s still here: try again.')
    assert rut.locator('#note').input_value() == 'Locket är löst'
    rut.context.set_offline(False)
    send(rut)
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    expect(rut.locator('.said')).to_have_text('Locket är löst')
    expect(rut.get_by_role('alert')).to_have_count(0)
    expect(rut.locator('main summary')).to_have_text('Change your comment or photo')
    assert rut.url == address


def test_what_the_browser_can_not_open_goes_as_it_is(server: Server, stranger: Open, sign_in: Open) -> None:
    rut = stranger()
    rut.add_init_script(RECORD)
    report(server, rut, 'Tidningar 1')
    send(rut, file(sample_photos.heic(6), 'IMG.heic', 'image/heic'))
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    assert base64.b64decode(rut.evaluate('window.sent[0]')) == sample_photos.heic(6)
    assert sample_photos.is_upright(opened(newest_photo(sign_in)))


def test_a_browser_that_draws_noise_sends_the_file(server: Server, stranger: Open) -> None:
    rut = stranger()
    rut.add_init_script(RECORD)
    rut.add_init_script(NOISE)
    report(server, rut, 'Tidningar 1')
    send(rut, file(sample_photos.photo()))
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    assert base64.b64decode(rut.evaluate('window.sent[0]')) == sample_photos.photo()


def test_where_the_module_does_not_come_the_form_sends_itself(server: Server, stranger: Open) -> None:
    rut = stranger()
    rut.route('**/assets/**', lambda route: route.abort())
    report(server, rut, 'Tidningar 1')
    send(rut, file(sample_photos.photo()))
    expect(rut.get_by_text(ARRIVED)).to_be_visible()


@pytest.mark.parametrize('theme', ['light', 'dark'])
def test_the_thanks_page_can_be_read_by_everybody(server: Server, stranger: Open, theme: str) -> None:
    rut = stranger(color_scheme=theme, viewport={'width': 320, 'height': 640})
    report(server, rut, 'Tidningar 1')
    assert violations(rut) == []
    send(rut, file(b'nothing'))
    expect(rut.get_by_role('alert')).to_be_visible()
    assert violations(rut) == []
    send(rut, file(sample_photos.photo()))
    expect(rut.get_by_text(ARRIVED)).to_be_visible()
    rut.reload()
    assert violations(rut) == []
    assert fits(rut)
    rut.evaluate("document.documentElement.style.fontSize = '32px'")
    assert fits(rut)
