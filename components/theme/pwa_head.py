"""Write the tags for a page's head that let phones put Haren on the home screen."""

from __future__ import annotations

from app.i18n import Translator
from components.theme.app_icon import address
from components.theme.design_tokens import DARK, LIGHT

MANIFEST = '/manifest.webmanifest'
NAME = 'Haren'
"""The label below the icon. There is room for about twelve characters."""

ENGLISH = 'en'

THEME_COLOURS = {
    'auto': ((LIGHT, '(prefers-color-scheme:light)'), (DARK, '(prefers-color-scheme:dark)')),
    'light': ((LIGHT, ''),),
    'dark': ((DARK, ''),),
}
"""Palettes and their media queries, by the theme that the reader has chosen. Browsers colour their bars so."""


def manifest_for(_: Translator) -> str:
    """Return the address of the manifest: in English for English readers, otherwise in Swedish."""
    return f'{MANIFEST}?lang={ENGLISH}' if _.language == ENGLISH else MANIFEST


def head(_: Translator, theme: str = 'auto') -> str:
    """Return the tags as HTML. `theme` is 'auto', 'light' or 'dark'."""
    colours = (
        f'<meta name="theme-color" content="{palette["paper"]}"{f" media={media!r}" if media else ""}>'
        for palette, media in THEME_COLOURS[theme]
    )
    return (
        f'<link rel="manifest" href="{manifest_for(_)}">'
        f'<link rel="apple-touch-icon" href="{address("apple-180.png")}">'
        f'<meta name="apple-mobile-web-app-title" content="{NAME}">{"".join(colours)}'
    )
