"""The texts that stand in the code, gathered as `make locales` gathers them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]


def gathered(folder: Path, *which: str) -> Catalog:
    """Every text, or with 'plain' those of the plain pages. `folder` is for the file in between."""
    pot = folder / 'haren.pot'
    subprocess.run([ROOT / '.ci' / 'locales', pot, *which], check=True)
    with pot.open('rb') as file:
        return read_po(file)
