"""What a page's head says, so that a phone can put Haren on its home screen."""

from __future__ import annotations

from app.i18n import Translator
from components.theme.app_icon import address
from components.theme.design_tokens import DARK, LIGHT

MANIFEST = '/manifest.webmanifest'
NAME = 'Haren'
"""What stands below the icon, where there is room for a dozen characters."""

ENGLISH = 'en'

GROUNDS = {
    'auto': ((LIGHT, '(prefers-color-scheme:light)'), (DARK, '(prefers-color-scheme:dark)')),
    'light': ((LIGHT, ''),),
    'dark': ((DARK, ''),),
}
"""The colours around a page, by the theme that its reader has chosen."""


def manifest_for(_: Translator) -> str:
    """The address of the manifest: in English for those who read that, else in Swedish."""
    return f'{MANIFEST}?lang={ENGLISH}' if _.language == ENGLISH else MANIFEST


def head(_: Translator, theme: str = 'auto') -> str:
    """The tags, as HTML."""
    colours = (
        f'<meta name="theme-color" content="{ground["paper"]}"{f" media={media!r}" if media else ""}>'
        for ground, media in GROUNDS[theme]
    )
    return (
        f'<link rel="manifest" href="{manifest_for(_)}">'
        f'<link rel="apple-touch-icon" href="{address("apple-180.png")}">'
        f'<meta name="apple-mobile-web-app-title" content="{NAME}">{"".join(colours)}'
    )
