"""Build what people see: Jinja pages, NiceGUI widgets, browser modules, style sheets and images."""

from pathlib import Path

CSS = Path(__file__).parent / 'css'
TEMPLATES = Path(__file__).parent / 'templates'
