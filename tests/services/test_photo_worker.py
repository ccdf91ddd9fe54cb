"""Test that processed photos are upright, small and free of metadata, and that everything else is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from app.services.photo_worker import LONGEST_SIDE, PhotoError, PhotoFlaw, process_photo
from tests import sample_photos
from tests.sample_photos import BLUE, GREEN, PHONE, RED, heic, near, opened, photo, scene, segments, written

PHONE_NAME = PHONE.encode().lower()
METADATA = (b'exif', b'gps', b'http://ns.adobe', b'icc_profile', b'photoshop', b'xmp', PHONE_NAME, b'2026:05')

PICTURE_SEGMENTS = {0xE0, 0xDB, 0xC2, 0xC4}
"""JFIF's header with the density, the quantisation, the frame and the codes: a JPEG needs them to show anything."""


def require_clean(processed: bytes) -> None:
    """Check that a photo contains nothing but pixels."""
    assert set(segments(processed)) == PICTURE_SEGMENTS
    assert not [part for part in METADATA if part in processed.lower()]
    image = opened(processed)
    assert (image.format, image.mode) == ('JPEG', 'RGB')
    assert not image.getexif()
    assert set(image.info) <= {'jfif', 'jfif_version', 'jfif_unit', 'jfif_density', 'progressive', 'progression'}


@pytest.mark.parametrize('orientation', range(1, 9))
def test_a_turned_jpeg_with_gps_comes_out_upright_and_clean(orientation: int) -> None:
    sent = photo(orientation=orientation)
    assert b'Exif' in sent
    assert PHONE.encode() in sent
    processed = process_photo(sent)
    require_clean(processed)
    assert opened(processed).size == (96, 64)
    assert sample_photos.is_upright(opened(processed))


@pytest.mark.parametrize('orientation', range(1, 9))
def test_a_turned_heic_is_turned_once(orientation: int) -> None:
    sent = heic(orientation)
    assert PHONE.encode() in sent
    assert (orientation == 1) == (b'irot' not in sent and b'imir' not in sent)
    processed = process_photo(sent)
    require_clean(processed)
    assert opened(processed).size == (96, 64)
    assert sample_photos.is_upright(opened(processed))


def test_in_a_heic_only_its_container_says_how_it_is_turned() -> None:
    """Rotate as ISO/IEC 23008-12 wants it: EXIF's orientation is for information only."""
    sent = written(scene(), 'HEIF', exif=sample_photos.exif(6), quality=90)
    assert b'irot' not in sent
    assert sample_photos.is_upright(opened(process_photo(sent)))


@pytest.mark.parametrize('kind', ['PNG', 'WEBP'])
def test_png_and_webp_are_turned_as_well(kind: str) -> None:
    processed = process_photo(photo(kind, 6))
    require_clean(processed)
    assert sample_photos.is_upright(opened(processed))


@pytest.mark.parametrize(('kind', 'side'), [('JPEG', 4000), ('PNG', 2000), ('WEBP', 2000), ('HEIF', 2000)])
def test_a_large_one_gets_small(kind: str, side: int) -> None:
    made = opened(process_photo(written(scene(side, side // 2), kind)))
    assert made.size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert sample_photos.is_upright(made)


def test_a_long_one_keeps_its_shape_and_a_small_one_its_size() -> None:
    assert opened(process_photo(written(scene(6400, 10), 'JPEG'))).size == (1600, 2)
    assert opened(process_photo(written(scene(9000, 3), 'PNG'))).size == (1600, 1)
    assert opened(process_photo(written(scene(2, 2), 'PNG'))).size == (2, 2)


def test_everything_that_is_said_about_a_picture_goes() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>GPSLatitude</rdf:RDF></x:xmpmeta>'
    options = {'xmp': xmp, 'comment': PHONE.encode(), 'icc_profile': sample_photos.swapped_profile(), 'dpi': (300, 300)}
    sent = written(scene(), 'JPEG', exif=sample_photos.exif(1), **options)
    assert b'GPSLatitude' in sent
    require_clean(process_photo(sent))


def test_what_shows_through_stands_on_white() -> None:
    clear = Image.new('RGBA', (40, 40), (255, 0, 0, 0))
    clear.paste((*BLUE, 255), (20, 0, 40, 40))
    for sent in (written(clear, 'PNG'), written(clear, 'WEBP'), written(clear.convert('LA'), 'PNG')):
        made = opened(process_photo(sent))
        assert near(made.getpixel((4, 20)), (255, 255, 255), 6)
    palette = written(clear.convert('P'), 'PNG', transparency=clear.convert('P').getpixel((2, 2)))
    assert near(opened(process_photo(palette)).getpixel((4, 20)), (255, 255, 255), 6)


def test_of_a_moving_picture_the_first_is_taken() -> None:
    first, second = scene(), Image.new('RGB', (96, 64), 'black')
    for kind in ('WEBP', 'PNG', 'HEIF', 'MPO'):
        made = opened(process_photo(written(first, kind, save_all=True, append_images=[second], quality=90)))
        assert sample_photos.is_upright(made), kind


def test_colours_are_what_their_profile_says() -> None:
    for kind in ('JPEG', 'PNG', 'WEBP', 'HEIF'):
        sent = written(Image.new('RGB', (64, 64), (255, 0, 0)), kind, icc_profile=sample_photos.swapped_profile())
        assert near(opened(process_photo(sent)).getpixel((32, 32)), (0, 255, 0)), kind


@pytest.mark.parametrize('profile', [b'nonsense', b'\0' * 400, sample_photos.swapped_profile()[:200]])
def test_a_profile_that_makes_no_sense_is_passed_over(profile: bytes) -> None:
    assert sample_photos.is_upright(opened(process_photo(written(scene(), 'JPEG', icc_profile=profile))))


def test_printers_colours_become_those_of_screens() -> None:
    made = opened(process_photo(written(scene().convert('CMYK'), 'JPEG')))
    assert near(made.getpixel((24, 16)), RED, 40)
    assert near(made.getpixel((72, 16)), GREEN, 40)


def test_sixteen_bits_a_level_are_kept_apart() -> None:
    grey = Image.new('I;16', (64, 64), 0x8000)
    assert near(opened(process_photo(written(grey, 'PNG'))).getpixel((32, 32)), (128, 128, 128), 3)
    rows = (b'\0' + struct.pack('>3H', 0xC800, 0x1E00, 0x1E00) * 8) * 8
    assert near(opened(process_photo(sample_photos.png(8, 8, 16, 2, zlib.compress(rows)))).getpixel((4, 4)), RED, 4)


@pytest.mark.parametrize('mode', ['1', 'L', 'P'])
def test_few_colours_are_enough(mode: str) -> None:
    made = opened(process_photo(written(scene(2000, 1000).convert(mode), 'PNG')))
    assert made.size == (1600, 800)
    assert made.mode == 'RGB'


@pytest.mark.filterwarnings('ignore:Corrupt EXIF data')
def test_an_exif_block_that_makes_no_sense_is_passed_over() -> None:
    sent = photo(orientation=6)
    begin = sent.index(b'Exif\0\0') + 6
    for nonsense in (b'\xff' * 8, b'MM\0*\0\0\0\xff', b'MM\0*\0\0\0\x01'):
        assert opened(process_photo(sent[:begin] + nonsense + sent[begin + 8 :])).size == (64, 96)


FILM = b'\0\0\0\x18ftypmp42\0\0\0\0isommp42' + b'\0\0\x01\0mdat' + bytes(range(256))
MAKERS_NOTE = b'\0\0\x30\x0a\x0c\0\0\0Image_UTC_Data1777890000SEFHk\0\0\0\x01\0\0\0SEFT'


@pytest.mark.parametrize('trailer', [FILM, MAKERS_NOTE, photo(), photo() + FILM + MAKERS_NOTE], ids=range(4))
def test_what_phones_put_behind_a_photo_does_not_harm_it(trailer: bytes) -> None:
    processed = process_photo(photo(orientation=6) + trailer)
    require_clean(processed)
    assert sample_photos.is_upright(opened(processed))


def flaw(sent: bytes) -> PhotoFlaw:
    """Return the reason why this is refused."""
    with pytest.raises(PhotoError) as refused:
        process_photo(sent)
    return refused.value.flaw


@pytest.mark.parametrize('kind', ['GIF', 'BMP', 'TIFF', 'ICO', 'PPM'])
def test_other_pictures_are_no_pictures_here(kind: str) -> None:
    assert flaw(written(scene(), kind)) is PhotoFlaw.NO_PICTURE


@pytest.mark.parametrize(
    'sent',
    [
        b'x',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'%PDF-1.7\n' + photo(),
        b'<!doctype html><html>' + photo(),
        b'\0\0\0\x20ftypavif' + bytes(100),
        b'RIFF\0\0\0\0WAVE',
        b'\xef\xbb\xbf' + photo(),
        sample_photos.archive(),
    ],
)
def test_what_is_no_picture_at_all(sent: bytes) -> None:
    assert flaw(sent) is PhotoFlaw.NO_PICTURE


@pytest.mark.parametrize(
    'sent',
    [
        photo() + sample_photos.archive(),
        photo('PNG') + sample_photos.archive(),
        heic() + sample_photos.archive(),
        sample_photos.with_comment(photo(), sample_photos.archive()) + sample_photos.archive(),
        sample_photos.with_comment(photo(), b'<script>alert(1)</script>'),
        photo() + b'\n<HTML lang="sv"><body onload=alert(1)>',
        photo('PNG') + b'<?php system($_GET[0]);',
        sample_photos.with_comment(photo(), b'%PDF-1.4 1 0 obj'),
        photo() + b'Rar!\x1a\x07\x01\0',
        photo('WEBP') + b'7z\xbc\xaf\x27\x1c',
    ],
    ids=range(10),
)
def test_something_hidden_is_not_let_through(sent: bytes) -> None:
    assert Image.open(io.BytesIO(sent)).size == (96, 64)  # every one of them is a picture too
    assert flaw(sent) is PhotoFlaw.STOWAWAY


def test_a_flood_of_pixels_is_not_opened() -> None:
    claimed = sample_photos.png(50_000, 50_000, 8, 2, zlib.compress(b'\0'))
    assert len(claimed) < 100
    assert flaw(claimed) is PhotoFlaw.TOO_MANY_PIXELS
    real = sample_photos.flood(30_000)
    assert len(real) < 600_000
    assert flaw(real) is PhotoFlaw.TOO_MANY_PIXELS
    assert flaw(sample_photos.png(9_000, 9_000, 8, 6, zlib.compress(b'\0'))) is PhotoFlaw.TOO_MANY_PIXELS


@pytest.mark.parametrize('sent', [photo(), photo('PNG'), photo('WEBP'), heic()], ids=['jpeg', 'png', 'webp', 'heic'])
def test_what_was_cut_short_is_refused_and_never_half_a_picture(sent: bytes) -> None:
    for end in (len(sent) // 2, len(sent) * 9 // 10):
        with pytest.raises((PhotoError, OSError, ValueError, RuntimeError, SyntaxError, EOFError)):
            process_photo(sent[:end])
