"""Provide colours, icons, the logo and fonts."""

from pathlib import Path

FONTS = Path(__file__).parent / 'fonts'
