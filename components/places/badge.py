"""Draw the badge: the state of a site as an SVG picture that the municipality shows on its own website.

A page shows it with `<img>`, so it can load nothing and has only the fonts of the reader. Each text is fitted to its
measured width, whatever the font.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from unicodedata import bidirectional, category, east_asian_width

from app.domain.sites import Site
from app.domain.xml_text import xml_text
from app.i18n import Translator
from app.services.public_status import SiteStatus
from components.places.stickers.print_font import width_of
from components.theme import design_tokens
from components.theme.icons import icon
from components.theme.logo import EARS, FACE, FEATURES, GRID

SVG = 'image/svg+xml'

HEIGHT = 44
"""The height in pixels. The width depends on the words."""

LONGEST = 40
"""Characters of a name that are drawn. The title has all of them."""

_SIZE, _BASELINE = 16, 27.5
_MARK_X, _MARK, _NAME_X, _ICON = 12, 22, 42, 20

_COLOURS = {
    'urgent': ('brick', 'brick-soft'), 'full': ('ochre', 'ochre-soft'), 'notice': ('ink', 'sunken'),
    'fine': ('moss', 'moss-soft'), 'calm': ('quiet', 'sunken'),
}  # fmt: skip


def badge(status: SiteStatus, _: Translator) -> str:
    """Return the site's badge as a standalone SVG document."""
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
    """Return the HTML that shows the badge on another website, as a link to the site's page."""
    page, name = f'{base}/s/{site.id}', escape(xml_text(site.name))
    label = _('{place}: how it is right now', place=name)
    return (
        f'<a href="{page}{_.in_address}"><img src="{page}/badge.svg{_.in_address}" alt="{label}" height="{HEIGHT}"></a>'
    )


def text_width(text: str) -> float:
    """Return the width of the text in pixels, measured in the print font and guessed for letters that it lacks."""
    guessed = [guess for character in text if (guess := _guessed(character)) is not None]
    measured = ''.join(character for character in text if _guessed(character) is None)
    return width_of(measured, _SIZE, bold=True) + _SIZE * sum(guessed)


def _guessed(character: str) -> float | None:
    """Guess a character's width as a multiple of the font size. Return None if the print font can measure it."""
    if category(character) in ('Mn', 'Cf'):
        return 0
    if east_asian_width(character) in 'WF':
        return 1.1
    return 0.52 if bidirectional(character) == 'AL' else None


def _state(status: SiteStatus, _: Translator) -> tuple[str, str]:
    """Return the tone and the words for the state of the whole site."""
    if not status.assets:
        return 'calm', _('Nothing reported')
    if not status.troubled:
        return 'fine', _('All is well')
    worst = status.troubled[0].troubles[0].problem.tone.value
    return worst, _.plural('{count} thing needs care', '{count} things need care', len(status.troubled))


def _drawn(name: str, words: str, tone: str, mirrored: bool) -> tuple[int, str]:
    """Return the width of the badge, and everything on it as SVG."""
    name_width, words_width = text_width(name), text_width(words)
    pill = _NAME_X + name_width + 12
    icon_x, words_x = pill + 10, pill + 36
    pill_width = words_width + 48
    width = round(words_x + words_width + 18)

    def at(x: float, own: float) -> float:
        return round(width - x - own if mirrored else x, 1)

    return width, ''.join(
        (
            f'<rect class="card" x=".5" y=".5" width="{width - 1}" height="{HEIGHT - 1}" rx="12"/>',
            f'<rect class="soft" x="{at(pill, pill_width)}" y="6" width="{pill_width:.1f}" height="32" rx="8"/>',
            f'<path class="mark" transform="translate({at(_MARK_X, _MARK)} 11) scale({_MARK / GRID})" '
            f'd="{EARS}{FACE}{FEATURES}"/>',
            _text('name', at(_NAME_X, name_width) + name_width / 2, name_width, name),
            f'<g class="tone" transform="translate({at(icon_x, _ICON)} 12)">{_icon(tone)}</g>',
            _text('tone', at(words_x, words_width) + words_width / 2, words_width, words),
        )
    )


def _text(kind: str, middle: float, width: float, text: str) -> str:
    return (
        f'<text class="{kind}" x="{middle:.1f}" y="{_BASELINE}" text-anchor="middle" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _icon(tone: str) -> str:
    return icon('pin' if tone == 'calm' else tone, _ICON)


def _style(tone: str) -> str:
    """Return the style sheet, with the colours of both themes."""
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
