"""Test the app icons: they match the logo, and launchers cut nothing off the hare."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageColor, ImageDraw

from components.theme.app_icon import DRAWN_FROM, FOLDER, HARE, PICTURES, SAFE_ZONE, drawn_from
from components.theme.design_tokens import LIGHT

SPRUCE = ImageColor.getrgb(LIGHT['spruce'])
PAPER = ImageColor.getrgb(LIGHT['paper'])


def picture(name: str) -> Image.Image:
    return Image.open(FOLDER / name).convert('RGBA')


def test_they_are_drawn_from_the_mark_as_it_is() -> None:
    assert DRAWN_FROM.read_text(encoding='utf-8').strip() == drawn_from(), 'run `make icons`'
    assert (FOLDER / 'hare.svg').read_text(encoding='utf-8') == HARE
    assert {file.name for file in FOLDER.iterdir()} == {*PICTURES, 'hare.svg', DRAWN_FROM.name}


@pytest.mark.parametrize('name', PICTURES)
def test_each_has_its_size_and_shows_something(name: str) -> None:
    drawn = picture(name)
    assert drawn.size == (PICTURES[name].size,) * 2
    shown = {colour for _, colour in drawn.getcolors(drawn.width**2) or []}
    assert {(*SPRUCE, 255), (*PAPER, 255)} <= shown


@pytest.mark.parametrize('name', [name for name in PICTURES if name.startswith(('maskable', 'apple'))])
def test_those_that_launchers_cut_are_without_a_hole(name: str) -> None:
    assert picture(name).getchannel('A').getextrema() == (255, 255)


@pytest.mark.parametrize('name', [name for name in PICTURES if name.startswith('maskable')])
def test_the_hare_is_where_no_launcher_cuts(name: str) -> None:
    drawn = picture(name).convert('RGB')
    context = Image.new('RGB', drawn.size, SPRUCE)
    hare = ImageChops.difference(drawn, context).convert('L').point(lambda level: 255 if level else 0)
    outside = Image.new('L', drawn.size, 255)
    cut = (0.5 - SAFE_ZONE) * drawn.width
    ImageDraw.Draw(outside).ellipse((cut, cut, drawn.width - cut, drawn.width - cut), fill=0)
    assert ImageChops.multiply(hare, outside).getbbox() is None
    box = hare.getbbox()
    assert box is not None
    assert box[3] - box[1] > 0.6 * drawn.height
