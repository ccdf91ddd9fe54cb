"""The badge: how a site is, as a picture that the municipality puts on a page of its own.

A page shows it with `<img>`, so it can load nothing and has no fonts but the reader's. Each text keeps to the width
that was measured for it, whatever font that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from unicodedata import bidirectional, category, east_asian_width

from app.domain.sites import Site
from app.domain.xml_text import xml_text
from app.i18n import Translator
from app.services.public_status import SiteStatus
from components.places.stickers.layout import width_of
from components.theme import design_tokens
from components.theme.icons import icon
from components.theme.logo import EARS, FACE, FEATURES, GRID

SVG = 'image/svg+xml'

HEIGHT = 44
"""Pixels; the width is that of the words."""

LONGEST = 40
"""Characters of a name that are drawn. The title has all of them."""

_SIZE, _BASELINE = 16, 27.5
_MARK_X, _MARK, _NAME_X, _ICON = 12, 22, 42, 20

_COLOURS = {
    'urgent': ('brick', 'brick-soft'), 'full': ('ochre', 'ochre-soft'), 'notice': ('ink', 'sunken'),
    'fine': ('moss', 'moss-soft'), 'calm': ('quiet', 'sunken'),
}  # fmt: skip


def badge(status: SiteStatus, _: Translator) -> str:
    """The site's badge as a standalone SVG document."""
    tone, words = _state(status, _)
    name = xml_text(status.site.name)
    shown = name if len(name) <= LONGEST else f'{name[: LONGEST - 1].rstrip()}…'
    width, drawing = _drawn(shown, words, tone, _.direction == 'rtl')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" '
        f'role="img" aria-labelledby="title" lang="{_.language}"><title id="title">{escape(f"{name}: {words}")}</title>'
        f'<style>{_style(tone)}</style>{drawing}</svg>'
    )


def snippet(site: Site, base: str, _: Translator) -> str:
    """The HTML with which another website shows the badge; it leads to the site's page."""
    page, name = f'{base}/s/{site.id}', escape(xml_text(site.name))
    said = _('{place}: how it is right now', place=name)
    return (
        f'<a href="{page}{_.in_address}"><img src="{page}/badge.svg{_.in_address}" alt="{said}" height="{HEIGHT}"></a>'
    )


def text_width(text: str) -> float:
    """How wide the text is in the print font, or about, where it has no such letters; pixels."""
    guessed = [guess for character in text if (guess := _guessed(character)) is not None]
    measured = ''.join(character for character in text if _guessed(character) is None)
    return width_of(measured, _SIZE, bold=True) + _SIZE * sum(guessed)


def _guessed(character: str) -> float | None:
    """About how wide a character is, in times the text's size; None where the print font knows, or knows as well."""
    if category(character) in ('Mn', 'Cf'):
        return 0
    if east_asian_width(character) in 'WF':
        return 1.1
    return 0.52 if bidirectional(character) == 'AL' else None


def _state(status: SiteStatus, _: Translator) -> tuple[str, str]:
    """The tone and the words for how everything there is."""
    if not status.assets:
        return 'calm', _('Nothing reported')
    if not status.troubled:
        return 'fine', _('All is well')
    worst = status.troubled[0].troubles[0].problem.tone.value
    return worst, _.plural('{count} thing needs care', '{count} things need care', len(status.troubled))


def _drawn(name: str, words: str, tone: str, mirrored: bool) -> tuple[int, str]:
    """How wide the badge is, and everything on it."""
    named, said = text_width(name), text_width(words)
    pill = _NAME_X + named + 12
    icon_x, words_x = pill + 10, pill + 36
    width = round(words_x + said + 18)

    def at(x: float, own: float) -> float:
        return round(width - x - own if mirrored else x, 1)

    return width, ''.join((
        f'<rect class="card" x=".5" y=".5" width="{width - 1}" height="{HEIGHT - 1}" rx="12"/>',
        f'<rect class="soft" x="{at(pill, said + 48)}" y="6" width="{said + 48:.1f}" height="32" rx="8"/>',
        f'<path class="mark" transform="translate({at(_MARK_X, _MARK)} 11) scale({_MARK / GRID})" '
        f'd="{EARS}{FACE}{FEATURES}"/>',
        _text('name', at(_NAME_X, named) + named / 2, named, name),
        f'<g class="tone" transform="translate({at(icon_x, _ICON)} 12)">{_icon(tone)}</g>',
        _text('tone', at(words_x, said) + said / 2, said, words),
    ))  # fmt: skip


def _text(kind: str, middle: float, width: float, text: str) -> str:
    return (
        f'<text class="{kind}" x="{middle:.1f}" y="{_BASELINE}" text-anchor="middle" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _icon(tone: str) -> str:
    return icon('pin' if tone == 'calm' else tone, _ICON)


def _style(tone: str) -> str:
    """The colours, of the page's theme where that is known, else of the reader's."""
    text = f'text{{font:600 {_SIZE}px {design_tokens.FONT};unicode-bidi:plaintext}}'
    dark = ''.join(_rules(tone, design_tokens.DARK))
    return f'{text}{"".join(_rules(tone, design_tokens.LIGHT))}@media(prefers-color-scheme:dark){{{dark}}}'


def _rules(tone: str, theme: Mapping[str, str]) -> Iterator[str]:
    colour, soft = _COLOURS[tone]
    yield f'.card{{fill:{theme["card"]};stroke:{theme["line"]}}}'
    yield f'.soft{{fill:{theme[soft]}}}'
    yield f'.mark{{fill:{theme["spruce"]}}}'
    yield f'.name{{fill:{theme["ink"]}}}'
    yield f'.tone{{fill:{theme[colour]};color:{theme[colour]}}}'
