"""Read the lists in data/catalogue, and the usual working hours."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from app.domain.catalogue import AssetKind, BuiltInAnswer, Catalogue, Label, ObstacleKind, Problem, PublicLabel, Term
from app.domain.errors import Refusal
from app.domain.periods import Periods
from app.domain.typed_hours import typed_days, typed_time, typed_week
from app.domain.working_hours import WEEKDAYS, WorkingHours
from app.store.protocol import StoreError

FOLDER = Path(__file__).parents[2] / 'data' / 'catalogue'

Row = dict[str, Any]
Item = TypeVar('Item')


class WrongCatalogue(StoreError):
    """A file of the catalogue can't be read, or says something impossible. The message names the file."""


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return all lists of `folder`, in the order of the files.

    Raise WrongCatalogue if a file is wrong, which stops the start.
    """
    return Catalogue(
        roots=_list(folder, 'root', _term),
        obstacle_kinds=_list(folder, 'obstacle_kind', _obstacle_kind),
        problems=_list(folder, 'problem', _problem),
        asset_kinds=_list(folder, 'asset_kind', _asset_kind),
        ready_answers=_list(folder, 'ready_answer', BuiltInAnswer.model_validate),
        working_hours=_working_hours(folder / 'calendar.toml'),
    )


def _list(folder: Path, name: str, item: Callable[[Row], Item]) -> tuple[Item, ...]:
    with _naming(path := folder / f'{name}s.toml'):
        return tuple([item(row) for row in _read(path)[name]])


def _working_hours(path: Path) -> WorkingHours:
    with _naming(path):
        rows = _read(path)
        hours = WorkingHours(
            week=typed_week({day: ', '.join(rows.pop(day)) for day in WEEKDAYS}),
            closed=typed_days('\n'.join(rows.pop('closed', ())), 'closed'),
            half=typed_days('\n'.join(rows.pop('half', ())), 'half'),
            half_until=typed_time(rows.pop('half_until', '12.00'), 'half_until'),
            half_days=rows.pop('half_days', False),
        )
        if rows:
            raise ValueError(f'nobody knows {", ".join(rows)}')
        return hours


def _read(path: Path) -> Row:
    return tomllib.loads(path.read_text(encoding='utf-8'))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file in whatever is wrong with it."""
    try:
        yield
    except KeyError as error:
        raise WrongCatalogue(f'{path}: {error} is missing') from error
    except ValidationError as error:
        first = error.errors()[0]
        place = '.'.join(map(str, first['loc']))
        raise WrongCatalogue(f'{path}: {f"{place}: " if place else ""}{first["msg"]}') from error
    except Refusal as error:
        raise WrongCatalogue(f'{path}: {getattr(error, "field", "")}: {error}') from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise WrongCatalogue(f'{path}: {error}') from error


def _term(row: Row) -> Term:
    hint = Label(sv=row['hint_sv'], en=row['hint_en']) if 'hint_sv' in row else None
    return Term(id=row['id'], label=Label(sv=row['sv'], en=row['en']), hint=hint)


def _obstacle_kind(row: Row) -> ObstacleKind:
    return ObstacleKind(**dict(_term(row)), rests_after_days=row['rests_after_days'])


def _problem(row: Row) -> Problem:
    periods = _periods(row)
    return Problem.model_validate({**row, 'periods': periods})


def _asset_kind(row: Row) -> AssetKind:
    label = PublicLabel.model_validate({name: row[name] for name in PublicLabel.model_fields if name in row})
    periods = {problem: _periods(dict(spans)) for problem, spans in row.get('periods', {}).items()}
    return AssetKind(id=row['id'], label=label, problems=tuple(row['problems']), periods=periods)


def _periods(row: Row) -> Periods:
    """Take the periods out of a row and return them."""
    return Periods(seen_hours=row.pop('seen_within_hours', None), done_hours=row.pop('done_within_hours', None))
