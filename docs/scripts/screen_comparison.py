"""Compare two folders of pictures, pixel by pixel."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

TOLERANCE = 0.0005
"""The share of a picture's pixels that may differ."""

FAINT = 8
"""The most that a colour may differ in any channel, of 255, and still count as the same."""

GAP = 16


def compare(before: Path, after: Path) -> int:
    """Print how far each screen differs, and draw the different ones side by side. Return 1 if there are any."""
    drawn = after / 'differences'
    names = sorted({path.name for folder in (before, after) for path in folder.glob('*.png')})
    differing = [name for name in names if not _is_same(before / name, after / name, drawn / name)]
    print(f'{len(names)} screens, {len(differing)} differ.')
    return 1 if differing or not names else 0


def _is_same(before: Path, after: Path, drawn: Path) -> bool:
    missing = [path for path in (before, after) if not path.exists()]
    if missing:
        print(f'missing   {missing[0]}')
        return False
    one, other = _fitting(_open(before), _open(after))
    mask = _differing(one, other)
    share = mask.histogram()[255] / (mask.width * mask.height)
    is_same = share <= TOLERANCE and _open(before).size == _open(after).size
    print(f'{share:9.4%} {before.stem}{"" if is_same else "  differs"}')
    if not is_same:
        drawn.parent.mkdir(exist_ok=True)
        _side_by_side(one, other, mask).save(drawn)
    return is_same


def _open(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert('RGB')


def _fitting(one: Image.Image, other: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Put both on canvases large enough for either. What one of them lacks is magenta there."""
    size = (max(one.width, other.width), max(one.height, other.height))
    canvases = Image.new('RGB', size, 'magenta'), Image.new('RGB', size, 'magenta')
    for canvas, image in zip(canvases, (one, other), strict=True):
        canvas.paste(image)
    return canvases


def _differing(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return a mask that is white where they differ, and black elsewhere."""
    bands = [band.point(lambda value: 255 * (value > FAINT)) for band in ImageChops.difference(one, other).split()]
    return ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])


def _side_by_side(one: Image.Image, other: Image.Image, mask: Image.Image) -> Image.Image:
    """Draw before, after, and the differences in red."""
    marked = Image.composite(
        Image.new('RGB', one.size, 'red'), Image.blend(other, Image.new('RGB', one.size, 'white'), 0.7), mask
    )
    drawn = Image.new('RGB', (3 * one.width + 2 * GAP, one.height), 'black')
    for place, image in enumerate((one, other, marked)):
        drawn.paste(image, (place * (one.width + GAP), 0))
    return drawn
