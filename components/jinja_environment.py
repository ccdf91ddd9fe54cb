"""Load the Jinja templates of components/templates."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from components import TEMPLATES


@cache
def jinja_environment() -> Environment:
    """Return the environment of all templates, which are compiled once a process.

    It escapes values, and a missing value raises an error.
    """
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
