"""Extract the texts of the code as `make locales` does."""

from __future__ import annotations

import subprocess
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]


def extract_texts(folder: Path, *which: str) -> Catalog:
    """Return every text, or with 'public' those of public pages. `folder` gets the file in between."""
    pot = folder / 'haren.pot'
    subprocess.run([ROOT / '.ci' / 'extract-texts', pot, *which], check=True)
    with pot.open('rb') as file:
        return read_po(file)
