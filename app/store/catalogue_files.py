"""Read the lists in data/catalogue."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from app.domain.catalogue import AssetKind, Catalogue, Label, ObstacleKind, Problem, PublicLabel, Term

FOLDER = Path(__file__).parents[2] / 'data' / 'catalogue'


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return all lists of `folder`, in the order of the files.

    Raise ValueError if a file is wrong, which stops the start.
    """
    return Catalogue(
        roots=tuple(_term(row) for row in _rows(folder, 'root')),
        obstacle_kinds=tuple(_obstacle_kind(row) for row in _rows(folder, 'obstacle_kind')),
        problems=tuple(Problem.model_validate(row) for row in _rows(folder, 'problem')),
        asset_kinds=tuple(_asset_kind(row) for row in _rows(folder, 'asset_kind')),
    )


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((folder / f'{name}s.toml').read_text(encoding='utf-8'))[name]
    return rows


def _term(row: dict[str, Any]) -> Term:
    hint = Label(sv=row['hint_sv'], en=row['hint_en']) if 'hint_sv' in row else None
    return Term(id=row['id'], label=Label(sv=row['sv'], en=row['en']), hint=hint)


def _obstacle_kind(row: dict[str, Any]) -> ObstacleKind:
    return ObstacleKind(**dict(_term(row)), rests_after_days=row['rests_after_days'])


def _asset_kind(row: dict[str, Any]) -> AssetKind:
    label = PublicLabel.model_validate({name: row[name] for name in PublicLabel.model_fields if name in row})
    return AssetKind(id=row['id'], label=label, problems=tuple(row['problems']))
