"""Test stickers: scanners and people can read them, and long names fit."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageDraw

from components.places.stickers.label import QUIET_ZONE, StickerLabel, runs, side, symbol
from components.places.stickers.layout import (
    HEIGHT,
    MARGIN,
    SMALLEST,
    SYMBOL_SIDE,
    SYMBOL_X,
    SYMBOL_Y,
    WIDTH,
    TextLine,
    lines,
)
from components.places.stickers.pdf_sheet import sheet
from components.places.stickers.print_font import printable, unprintable, width_of
from components.places.stickers.svg import svg

SVG = '{http://www.w3.org/2000/svg}'

GLASS = StickerLabel('https://haren.boras.se/q/K7M2QX', 'K7M2QX', 'Kransmossen', 'Färgat glas', 'Borås')
SITE = StickerLabel('https://haren.boras.se/q/AB12CD', 'AB12CD', 'Kransmossen', '', 'Borås')
SAMI = StickerLabel('https://haren.giron.se/q/K7M2QX', 'K7M2QX', 'Giron & <Čohkkiras>', 'Šŋ đŧž "5"', 'Kiruna')
LONG = StickerLabel(
    'http://192.168.100.200:8080/q/K7M2QX', 'K7M2QX', 'Återvinningsstation Sjömarken-Viared företagspark',
    'Plastförpackningar och frigolit, vänstra behållaren', 'Örnsköldsviks kommun',
)  # fmt: skip
ENDLESS = StickerLabel(
    f'https://{"lang-" * 12}adress.se/q/K7M2QX', 'K7M2QX', 'Plats' * 12, 'Återvinningsstation' * 6, 'Borås'
)
HAMLET = StickerLabel(
    'https://haren.boras.se/q/K7M2QX', 'K7M2QX', 'Återvinningsstationen vid Sjömarkens centrum, norra infarten',
    'Gungställning med två kompisgungor och en babygunga vid den stora eken', 'Borås',
)  # fmt: skip
HYPHENS = StickerLabel(
    'https://haren.boras.se/q/K7M2QX', 'K7M2QX', 'Dals-Ed-Bengtsfors-Årjängs-Ämåls-Färgelanda-station',
    'Plast-och-frigolit-och-metall-och-tidnings-och-kartong-behållare', 'Dals-Ed',
)  # fmt: skip
FULL = StickerLabel(
    'https://haren.boras.se/q/K7M2QX', 'K7M2QX', 'Återvinningsstation Sjömarken-Viared företagspark ' * 2,
    'Plastförpackningar och frigolit, vänstra behållaren bredvid stora eken vid infarten', 'Örnsköldsviks kommun',
)  # fmt: skip
RINGS = StickerLabel(
    'https://haren.boras.se/q/K7M2QX', 'K7M2QX', 'Återvinningsstation Ängsgärdet vid Åängen', '', 'Ängelholm'
)
NORTH = StickerLabel(
    'https://felanmalan-avfall.ornskoldsviks.kommun.se/q/K7M2QX', 'K7M2QX', 'Återvinningscentralen Må', 'Glas 2',
    'Örnsköldsviks kommun',
)  # fmt: skip
RAVEN = StickerLabel('https://xn--rven-loa.se/q/K7M2QX', 'K7M2QX', 'Kransmossen', 'Glas', 'Borås')
PORT = StickerLabel('http://räksmörgås.se:8080/q/K7M2QX', 'K7M2QX', 'Kransmossen', 'Glas', 'Borås')
CYRILLIC = StickerLabel('https://xn--80afe0c.xn--p1ai/q/K7M2QX', 'K7M2QX', 'Дворец', 'Κάδος γυαλιού', 'Київ')
HAN = StickerLabel('https://xn--fiqs8s.cn/q/K7M2QX', 'K7M2QX', 'Lek 🦊👨‍👩‍👧 漢字', 'مقعد', 'Borås')
ALL = (GLASS, SITE, SAMI, LONG, ENDLESS)

RING = 0.994
"""The height of an Å, with its ring, above the baseline in Inter Bold, as a part of the size."""


def pages(pdf: bytes, folder: Path, dots: int = 150) -> list[Path]:
    (folder / 'sheet.pdf').write_bytes(pdf)
    subprocess.run(['pdftoppm', '-r', str(dots), '-gray', folder / 'sheet.pdf', folder / 'page'], check=True)
    return sorted(folder.glob('page-*.pgm'))


def scan(picture: Path) -> list[str]:
    read = subprocess.run(['zbarimg', '-q', '--raw', picture], check=True, capture_output=True, encoding='utf-8')
    return sorted(read.stdout.split())


def lowered(addresses: Iterable[str]) -> list[str]:
    return sorted(address.lower() for address in addresses)


def words(pdf: bytes, folder: Path) -> str:
    (folder / 'words.pdf').write_bytes(pdf)
    return subprocess.run(
        ['pdftotext', '-layout', folder / 'words.pdf', '-'], check=True, capture_output=True, encoding='utf-8'
    ).stdout


def test_the_symbol_is_the_smallest_one_that_bears_damage_to_a_quarter() -> None:
    code = symbol(GLASS)
    assert (code.version, code.error) == (3, 'Q')
    assert side(code) == 29 + 2 * QUIET_ZONE
    assert QUIET_ZONE == 4
    for label in ALL:
        code, older = symbol(label), segno.make_qr(label.url.upper(), error='h', boost_error=False)
        assert code.error in ('Q', 'H')
        assert len(code.matrix) <= len(older.matrix), 'it is never larger than the one that was all in capitals'


def test_the_scheme_of_the_symbol_is_in_small_letters_and_leads_to_the_same_page(tmp_path: Path) -> None:
    for label in (*ALL, NORTH, RAVEN, PORT):
        (read,) = scan(_rendered(label, tmp_path / 'symbol.png'))
        assert read.partition('://')[0] in ('http', 'https')
        assert read.isascii()
        assert read.lower() == f'{label.url.partition("://")[0]}://{label.typed}'.lower()


@pytest.mark.parametrize('dots', [60, 80])
def test_the_symbol_is_read_from_afar(tmp_path: Path, dots: int) -> None:
    """At 60 dots an inch a module has 3 pixels, as in a picture that a phone takes from two metres."""
    (page,) = pages(sheet([GLASS, SITE, NORTH], 'Klistermärken'), tmp_path, dots)
    assert len(scan(page)) == 3


def test_an_international_domain_is_printed_as_people_read_it(tmp_path: Path) -> None:
    for label, host in (
        (RAVEN, 'räven.se'),
        (PORT, 'räksmörgås.se:8080'),
        (CYRILLIC, 'град.рф'),
        (HAN, 'xn--fiqs8s.cn'),
    ):
        assert f'{host}/q/K7M2QX' in [line.text for line in lines(label)]
        assert f'{host}/q/K7M2QX' in words(sheet([label], 'x'), tmp_path)
        assert host in svg(label)
        assert 'xn--' not in svg(label) or label is HAN


@pytest.mark.parametrize('dots', [100, 150, 300])
def test_every_sticker_of_a_printed_sheet_can_be_scanned(tmp_path: Path, dots: int) -> None:
    (page,) = pages(sheet(ALL, 'Klistermärken'), tmp_path, dots)
    assert lowered(scan(page)) == lowered(label.url for label in ALL)


def test_seven_stickers_take_two_sheets(tmp_path: Path) -> None:
    first, second = pages(sheet([GLASS] * 7, 'Klistermärken'), tmp_path)
    assert len(scan(first)) == 6
    assert len(scan(second)) == 1


def test_a_sheet_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match='at least one'):
        sheet([], 'Klistermärken')


def test_equal_stickers_make_equal_sheets() -> None:
    today = sheet(ALL, 'Klistermärken')
    assert today == sheet(ALL, 'Klistermärken')
    assert re.findall(rb'\(D:(\d{4})', today) == [b'1970'], 'the moment of printing would tell them apart'


def test_the_sheet_says_its_title_and_language(tmp_path: Path) -> None:
    (tmp_path / 'sheet.pdf').write_bytes(sheet([GLASS], 'Klistermärken för Borås'))
    output = subprocess.run(
        ['pdfinfo', tmp_path / 'sheet.pdf'], check=True, capture_output=True, encoding='utf-8'
    ).stdout
    assert 'Klistermärken för Borås' in output
    assert '(A4)' in output
    assert b'/Lang (sv-SE)' in (tmp_path / 'sheet.pdf').read_bytes()


def test_people_can_read_what_it_is_in_two_languages(tmp_path: Path) -> None:
    printed = words(sheet([GLASS, SAMI], 'Klistermärken'), tmp_path)
    for text in ('Skanna och berätta', 'Scan and tell us', 'K7M 2QX', 'haren.boras.se/q/K7M2QX', 'Färgat glas'):
        assert text in printed
    for text in ('Vi ber dig aldrig', 'logga in eller', 'betala.', 'We never ask you', 'to sign in or pay.'):
        assert text in printed
    for text in ('Kransmossen, Borås', 'Giron & <Čohkkiras>, Kiruna', 'Šŋ đŧž "5"'):
        assert text in printed


@pytest.mark.parametrize('label', ALL, ids=['glass', 'site', 'sami', 'long', 'endless'])
def test_every_line_stays_inside_its_sticker(label: StickerLabel) -> None:
    for line in lines(label):
        assert sum(width_of(part, line.size, bold) for part, bold in line.parts) <= line.width + 0.01
        assert line.x + line.width <= WIDTH - MARGIN + 0.01
        assert line.size <= line.y <= HEIGHT - 2


@pytest.mark.parametrize(
    'label', [GLASS, SITE, SAMI, LONG, NORTH, RINGS], ids=['glass', 'site', 'sami', 'long', 'north', 'rings']
)
def test_every_line_can_be_read_at_arms_length(label: StickerLabel) -> None:
    assert {line.text: line.size for line in lines(label) if line.size < SMALLEST} == {}


def test_the_domain_stands_out_and_a_long_one_fits(tmp_path: Path) -> None:
    for label in (GLASS, NORTH):
        (address,) = [line for line in lines(label) if line.text == label.address]
        assert address.parts == ((label.host, True), (f'/q/{label.code}', False))
    assert GLASS.host == 'haren.boras.se'
    assert LONG.host == '192.168.100.200:8080'
    assert NORTH.address in words(sheet([NORTH], 'Klistermärken'), tmp_path)
    (page,) = pages(sheet([NORTH], 'Klistermärken'), tmp_path)
    assert lowered(scan(page)) == [NORTH.url.lower()]


@pytest.mark.parametrize('label', [LONG, HAMLET, HYPHENS], ids=['long', 'hamlet', 'hyphens'])
def test_long_names_are_on_several_lines_instead_of_being_small(label: StickerLabel, tmp_path: Path) -> None:
    printed = ' '.join(words(sheet([label], 'x'), tmp_path).split())
    for name in (label.title, label.place):
        assert (
            name in printed or name.replace('-', '- ') in printed or ''.join(name.split()) in ''.join(printed.split())
        )
    sizes = {line.text: line.size for line in lines(label)}
    title = [size for text, size in sizes.items() if text in label.title]
    assert len(title) > 1
    assert min(title) >= 3


def test_a_word_that_is_longer_than_a_line_is_cut_and_not_small() -> None:
    label = StickerLabel(GLASS.url, 'K7M2QX', 'Kransmossen', 'Kvalificeringsverksamhetsutvecklingscentral' * 2, 'Borås')
    parts = [line for line in lines(label) if line.text in label.thing]
    assert ''.join(line.text for line in parts) == label.thing
    assert all(line.size >= 3.4 for line in parts)


def test_whose_it_is_gives_way_where_both_would_be_too_small() -> None:
    texts = [line.text for line in lines(FULL)]
    assert FULL.place in ' '.join(texts)
    assert 'Örnsköldsviks' not in ' '.join(texts)
    assert GLASS.subtitle in [line.text for line in lines(GLASS)]


def test_greek_and_cyrillic_are_printed(tmp_path: Path) -> None:
    printed = words(sheet([CYRILLIC], 'x'), tmp_path)
    assert 'Κάδος γυαλιού' in printed
    assert 'Дворец, Київ' in printed
    assert unprintable((CYRILLIC.title, CYRILLIC.subtitle)) == ()


@pytest.mark.parametrize(
    ('text', 'lacking', 'printed'),
    [
        ('Fågelträdet 🦊', '🦊', 'Fågelträdet □'),
        ('Lek 👨‍👩‍👧', '👨👩👧', 'Lek □□□'),
        ('漢字 a', '漢字', '□□ a'),
        ('مقعد', 'مقعد', '□□□□'),
        ('A\u0301nge e\u0301', '', 'Ánge é'),
        ('⚽️ 100 m²', '⚽', '□ 100 m²'),
        ('\u200fpark\u200b', '', 'park'),
        ('Örnsköldsvik – Ҷ ẞ Ʒ ǩ ễ', '', 'Örnsköldsvik – Ҷ ẞ Ʒ ǩ ễ'),
        ('हिन्दी', 'हिन्दी', '□' * 6),
    ],
    ids=range(9),
)
def test_what_can_not_be_printed_is_a_box_and_is_named(text: str, lacking: str, printed: str, tmp_path: Path) -> None:
    assert unprintable((text, text)) == tuple(dict.fromkeys(lacking))
    assert printable(text) == printed
    label = StickerLabel(GLASS.url, 'K7M2QX', text, 'Glas', 'Borås')
    assert f'{printed}, Borås' in words(sheet([label], 'x'), tmp_path)
    assert text in svg(label), 'a sign maker has other fonts'


def test_a_note_stands_on_a_page_before_the_stickers(tmp_path: Path) -> None:
    first, second = pages(sheet([GLASS], 'x', 'Saknas: U+1F98A FOX FACE'), tmp_path)
    assert scan_nothing(first)
    assert len(scan(second)) == 1
    assert 'Saknas: U+1F98A FOX FACE' in words(sheet([GLASS], 'x', 'Saknas: U+1F98A FOX FACE'), tmp_path)


def scan_nothing(picture: Path) -> bool:
    return not subprocess.run(['zbarimg', '-q', '--raw', picture], check=False, capture_output=True).stdout


def test_the_symbol_stays_large_enough_for_an_arms_length() -> None:
    for label in (GLASS, LONG, NORTH):
        assert SYMBOL_SIDE * len(symbol(label).matrix) / side(symbol(label)) >= 30


@pytest.mark.parametrize('label', [*ALL, RINGS], ids=['glass', 'site', 'sami', 'long', 'endless', 'rings'])
def test_no_letter_reaches_into_the_quiet_zone(label: StickerLabel) -> None:
    assert [line.text for line in lines(label) if _touches_the_symbol(line)] == []


def _touches_the_symbol(line: TextLine) -> bool:
    beside = line.x >= SYMBOL_X + SYMBOL_SIDE
    above = line.y <= SYMBOL_Y
    return not (beside or above or line.y - RING * line.size >= SYMBOL_Y + SYMBOL_SIDE)


def test_the_svg_is_xml_and_says_the_same() -> None:
    for label in ALL:
        drawn = ET.fromstring(svg(label))
        texts = [''.join(text.itertext()) for text in drawn.iter(f'{SVG}text')]
        assert label.address in texts
        assert 'K7M 2QX' in texts or label is SITE
    assert 'Giron & <Čohkkiras>, Kiruna' in [text.text for text in ET.fromstring(svg(SAMI)).iter(f'{SVG}text')]
    assert 'haren.boras.se' in [strong.text for strong in ET.fromstring(svg(GLASS)).iter(f'{SVG}tspan')]


def test_the_svg_holds_the_same_symbol(tmp_path: Path) -> None:
    drawn = ET.fromstring(svg(LONG))
    path = next(drawn.iter(f'{SVG}path')).attrib['d']
    modules = ''.join(f'M{column} {row}h{length}v1h-{length}z' for column, row, length in runs(symbol(LONG)))
    assert path == modules
    assert scan(_rendered(LONG, tmp_path / 'symbol.png')) == [f'http://{LONG.typed.upper()}']


def _rendered(label: StickerLabel, file: Path) -> Path:
    code = symbol(label)
    picture = Image.new('L', (side(code) * 8,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    for column, row, length in runs(code):
        pen.rectangle((column * 8, row * 8, (column + length) * 8 - 1, row * 8 + 7), fill=0)
    picture.save(file)
    return file
