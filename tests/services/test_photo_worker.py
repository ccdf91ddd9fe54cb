"""Test that processed photos are upright, small and free of metadata, and that everything else is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from app.services.photo_worker import LONGEST_SIDE, PhotoError, PhotoFlaw, process_photo
from tests import sample_photos
from tests.sample_photos import (
    BLUE,
    GREEN,
    PHONE,
    RED,
    heic,
    landscape,
    near,
    opened,
    photo,
    scene,
    segments,
    written,
)

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


WHOLE = {
    'baseline': written(landscape(), 'JPEG'),
    'progressive': written(landscape(), 'JPEG', progressive=True),
    'grey': written(landscape().convert('L'), 'JPEG'),
    'restarts': written(landscape(), 'JPEG', restart_marker_blocks=3),
    'phone': photo(size=(480, 320)) + MAKERS_NOTE,
    'png': written(landscape(), 'PNG'),
    'palette': written(landscape().quantize(64), 'PNG'),
    'clear': written(landscape().convert('RGBA'), 'PNG'),
}


@pytest.mark.parametrize('missing', [1, 2, 3, 12, 40])
@pytest.mark.parametrize('sent', WHOLE.values(), ids=WHOLE)
def test_a_photo_without_its_last_bytes_is_taken(sent: bytes, missing: int) -> None:
    processed = process_photo(sent.removesuffix(MAKERS_NOTE)[:-missing])
    require_clean(processed)
    made = opened(processed)
    assert made.width == 480
    assert 300 <= made.height <= 320
    assert sample_photos.is_upright(made) or made.convert('L').tobytes() == made.getchannel('R').tobytes()


@pytest.mark.parametrize('orientation', [1, 3, 6])
@pytest.mark.parametrize('kind', ['JPEG', 'PNG'])
def test_of_a_photo_cut_short_what_is_there_is_kept_without_grey(kind: str, orientation: int) -> None:
    turned = sample_photos.TURNED[orientation]
    stored = landscape() if turned is None else landscape().transpose(turned)
    sent = written(stored, kind, exif=sample_photos.exif(orientation))
    made = opened(process_photo(sent[: len(sent) * 8 // 10]))
    side, whole = (made.width, 480) if orientation == 6 else (made.height, 320)
    assert 0.6 * whole < side < 0.9 * whole
    assert sample_photos.shows_upper_part(made)


def test_of_a_progressive_photo_the_whole_is_seen_before_the_last_scan() -> None:
    sent = WHOLE['progressive']
    made = opened(process_photo(sent[: len(sent) * 6 // 10]))
    assert made.size == (480, 320)
    assert sample_photos.is_upright(made)


def test_of_an_interlaced_picture_whole_rows_are_kept() -> None:
    sent = sample_photos.interlaced(landscape())
    assert sample_photos.is_upright(opened(process_photo(sent)))
    made = opened(process_photo(sent[: len(sent) * 9 // 10]))
    assert 240 < made.height < 300
    assert flaw_of_any_kind(sent[: len(sent) // 2])


@pytest.mark.parametrize('sent', [*WHOLE.values(), written(landscape(), 'WEBP'), heic()], ids=range(10))
def test_less_than_half_a_picture_is_refused(sent: bytes) -> None:
    for part in (0.02, 0.08, 0.4):
        if sent is not WHOLE['progressive'] or part < 0.05:
            assert flaw_of_any_kind(sent.removesuffix(MAKERS_NOTE)[: int(len(sent) * part)])


def flaw_of_any_kind(sent: bytes) -> bool:
    """Return True if this is refused. The process turns errors of decoders into PhotoFlaw.BROKEN."""
    with pytest.raises((PhotoError, OSError, ValueError, RuntimeError, SyntaxError, EOFError)):
        process_photo(sent)
    return True


PALETTE = written(scene().quantize(16), 'PNG')
BOMB = zlib.compress(bytes(80 * 2**20))


@pytest.mark.parametrize('sent', [photo('PNG'), PALETTE], ids=['rgb', 'palette'])
@pytest.mark.parametrize(
    ('name', 'data', 'checksum', 'length'),
    [
        (b'zTXt', b'raw\0\0' + BOMB, None, None),
        (b'iTXt', b'raw\0\1\0\0\0' + BOMB, None, None),
        (b'tEXt', b'prompt\0' + b'x' * 3_000_000, None, None),
        (b'iCCP', b'icc\0\0' + BOMB, None, None),
        (b'iCCP', b'icc\0\7' + b'nonsense', None, None),
        (b'iCCP', b'no end of the name', None, None),
        (b'iCCP', b'', None, None),
        (b'eXIf', b'MM\0*\0\0\0\x08\xff\xff' + bytes(400_000), None, None),
        (b'eXIf', b'', None, None),
        (b'tEXt', b'Comment\0wrong', 7, None),
        (b'gAMA', b'\0\0\xb1\x8f', 0, None),
        (b'gAMA', b'', None, None),
        (b'pHYs', b'\1', None, None),
        (b'cHRM', b'\1\2\3', None, None),
        (b'sRGB', b'', None, None),
        (b'tRNS', b'\1', 3, None),
        (b'tRNS', b'', None, None),
        (b'tRNS', bytes(1000), None, None),
        (b'acTL', b'\0', None, None),
        (b'fcTL', b'\0\0', None, None),
        (b'tEXt', b'Comment\0too short', None, 5),
        (b'tEXt', b'Comment\0too long', None, 90),
        (b'tEXt', b'Comment\0much too long', None, 2**31 - 1),
        (b'zzZz', b'unheard of', 1, None),
        (b'ti\0E', b'no name', None, None),
    ],
    ids=range(25),
)
def test_a_png_with_odd_chunks_is_taken(sent: bytes, name: bytes, data: bytes, checksum: int, length: int) -> None:
    made = opened(process_photo(sample_photos.with_chunk(sent, name, data, checksum, length)))
    assert made.size == (96, 64)
    assert name == b'tRNS' or sample_photos.is_upright(made)


def test_many_texts_in_a_png_do_not_add_up() -> None:
    sent = photo('PNG', 6)
    for _ in range(100):
        sent = sample_photos.with_chunk(sent, b'zTXt', b'raw\0\0' + zlib.compress(bytes(1_000_000)))
    assert sample_photos.is_upright(opened(process_photo(sent)))


@pytest.mark.parametrize('position', range(8))
def test_checksums_of_a_png_are_not_believed(position: int) -> None:
    sent = bytearray(photo('PNG', 6))
    ends, at = [], 8
    for _, data in sample_photos.chunks(bytes(sent)):
        at += 12 + len(data)
        ends.append(at)
    sent[ends[position % len(ends)] - 1 - position % 4] ^= 0x55
    assert sample_photos.is_upright(opened(process_photo(bytes(sent))))


@pytest.mark.filterwarnings('ignore:Corrupt EXIF data')
@pytest.mark.parametrize(
    'segment',
    [
        b'\xff\xe1\0\x08Exif\0\0',
        b'\xff\xe1\0\x10Exif\0\0MM\0*\xff\xff\xff\xff',
        b'\xff\xe2\0\x08MPF\0\0\0',
        b'\xff\xe2\0\x12ICC_PROFILE\0\1\x09pro',
        b'\xff\xe2\0\x0eICC_PROFILE\0',
        b'\xff\xe0\0\x07JFIF\0',
        b'\xff\xed\0\x14Photoshop 3.0\x008BIM',
        b'\xff\xee\0\x07Adobe',
        b'\xff\xfe\0\x02' * 5000,
        b'\xff\xef\xff\xff' + bytes(65_533),
        b'\xff\xff\xff\xfe\0\x02junk between the segments',
    ],
    ids=range(11),
)
def test_a_jpeg_with_odd_segments_is_taken(segment: bytes) -> None:
    jpeg = written(scene(), 'JPEG')
    assert sample_photos.is_upright(opened(process_photo(jpeg[:2] + segment + jpeg[2:])))


def test_a_webp_whose_notes_were_cut_off_is_taken() -> None:
    sent = written(scene(), 'WEBP', exif=sample_photos.exif(1), xmp=b'x' * 5000)
    for missing in (1, 3000, 5010):
        assert sample_photos.is_upright(opened(process_photo(sent[:-missing])))
    assert sample_photos.is_upright(opened(process_photo(sent[:4] + b'\xff\xff\xff\x7f' + sent[8:])))
