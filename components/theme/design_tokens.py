"""Define the colours and the font of every screen, as CSS custom properties."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    'paper': '#fbfaf7',
    'card': '#ffffff',
    'sunken': '#f1efe8',
    'line': '#d9d6cb',
    'edge': '#767d75',
    'ink': '#1c2b29',
    'quiet': '#54625d',
    'spruce': '#1f5f4a',
    'on-spruce': '#ffffff',
    'spruce-soft': '#e3eee8',
    'ochre': '#8f520b',
    'ochre-soft': '#f8ecd9',
    'brick': '#a4372b',
    'on-brick': '#ffffff',
    'brick-soft': '#f9e5e1',
    'moss': '#33692f',
    'moss-soft': '#e5f0e2',
}

DARK: Mapping[str, str] = {
    'paper': '#121917',
    'card': '#1b2422',
    'sunken': '#0d1311',
    'line': '#33403c',
    'edge': '#82908a',
    'ink': '#edf1ec',
    'quiet': '#a9b6b0',
    'spruce': '#86cdaf',
    'on-spruce': '#0d1f18',
    'spruce-soft': '#20362d',
    'ochre': '#eab368',
    'ochre-soft': '#3a2c17',
    'brick': '#f09a8c',
    'on-brick': '#2b0e0a',
    'brick-soft': '#402320',
    'moss': '#96cf8d',
    'moss-soft': '#22371f',
}

READABLE = (
    ('ink', 'paper'), ('ink', 'card'), ('ink', 'sunken'), ('quiet', 'paper'), ('quiet', 'card'), ('quiet', 'sunken'),
    ('spruce', 'paper'), ('spruce', 'card'), ('spruce', 'spruce-soft'), ('on-spruce', 'spruce'), ('on-brick', 'brick'),
    ('ochre', 'ochre-soft'), ('brick', 'brick-soft'), ('moss', 'moss-soft'), ('ink', 'spruce-soft'),
    ('brick', 'paper'), ('ochre', 'card'), ('moss', 'card'), ('brick', 'card'),
)  # fmt: skip
"""Pairs of text and background that screens use. Each has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

PERCEIVABLE = (('edge', 'paper'), ('edge', 'card'), ('spruce', 'paper'), ('spruce', 'card'))
"""Pairs of a control's edge and its background. Each has a contrast of at least 3 (WCAG 2.2, 1.4.11)."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"


def properties(theme: Mapping[str, str]) -> str:
    """Return the theme as CSS declarations: `--paper:#fbfaf7;…`."""
    return ''.join(f'--{name}:{value};' for name, value in theme.items())


def by_system() -> str:
    """Return the tokens for pages that follow the theme of the system."""
    return (
        f':root{{color-scheme:light dark;{properties(LIGHT)}}}'
        f'@media(prefers-color-scheme:dark){{:root{{{properties(DARK)}}}}}'
    )


def by_class() -> str:
    """Return the tokens for NiceGUI's pages, where Quasar marks the theme with a class on the body."""
    return f'body{{color-scheme:light;{properties(LIGHT)}}}body.body--dark{{color-scheme:dark;{properties(DARK)}}}'


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
