"""What screens are made of: design tokens, plain templates, NiceGUI elements and the wording of Events."""

from pathlib import Path

CSS = Path(__file__).parent / 'css'
TEMPLATES = Path(__file__).parent / 'templates'
