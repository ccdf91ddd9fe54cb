"""Format the store's figures as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

Figures = dict[str, list[float]]
"""The results of each round, by name: in seconds, bytes or documents a second."""


class Place(NamedTuple):
    """The time and the machine of a measurement."""

    when: str
    machine: str
    versions: str
    rounds: int


class Row(NamedTuple):
    """A line of the table. `reached` has the unit of the target."""

    what: str
    ours: str
    beside: str
    reached: str
    target: str
    is_met: bool


def table_line(row: Row) -> str:
    """Return the row as a line of a table in Markdown."""
    met = '✓' if row.is_met else 'missed'
    return f'| {row.what} | {row.ours} | {row.beside} | {row.reached} | {row.target} | {met} |'


def report(figures: Mapping[str, list[float]], place: Place) -> str:
    """Return the whole page in Markdown."""
    middle = {name: median(values) for name, values in figures.items()}
    lines = [
        '# What the store can do',
        '',
        f'Written by `make bench` on {place.when}: {place.machine}; {place.versions}. Medians of {place.rounds} '
        'rounds, in which all took turns on the same disk; ratios are medians of the rounds’ own ratios. '
        f'A document is {middle["json"] / 100_000:.0f} bytes of JSON. '
        f'Adding 600 bytes to a file with fdatasync took **{middle["sync"] * 1e3:.2f} ms**.',
        '',
        '| | Haren | beside | reached | target | |',
        '|---|--:|--:|--:|--:|---|',
        *(table_line(row) for row in _rows(figures, middle)),
        '',
        f'A document takes {middle["journal"]:.0f} bytes in the journal and {middle["snapshot"] / 100_000:.0f} in the '
        f'snapshot. The worst pause of all rounds was {max(figures["pause"]) * 1e3:.1f} ms during a snapshot, '
        f'{max(figures["calm"]) * 1e3:.1f} ms without one.',
        '',
    ]
    return '\n'.join(lines)


def _rows(figures: Mapping[str, list[float]], middle: Mapping[str, float]) -> list[Row]:
    def per_second(what: str, name: str, other: str, label: str, target: float) -> Row:
        ratio = _ratio(figures[name], figures[other])
        return Row(
            what, f'{middle[name]:,.0f}/s', f'{middle[other]:,.{0 if middle[other] > 20 else 1}f}/s {label}',
            f'{ratio:,.2f} ×' if ratio < 100 else f'{ratio:,.0f} ×', f'≥ {target:,g} ×', ratio >= target,
        )  # fmt: skip

    return [
        per_second('durable inserts, one writer, at 100,000', 'insert at 100000', 'insert at 0', 'when empty', 0.8),
        per_second('the same', 'insert at 100000', 'stock', 'stock TinyDB at 100,000', 1000),
        per_second('the same at 10,000', 'insert at 10000', 'sqlite insert', 'SQLite at 10,000', 0.7),
        per_second('64 concurrent savers at 100,000', 'savers', 'sqlite insert', 'SQLite, the same loop', 3),
        _find_row(figures, middle),
        *_size_rows(middle),
        _pause_row(middle),
    ]


def _find_row(figures: Mapping[str, list[float]], middle: Mapping[str, float]) -> Row:
    ratio = _ratio(figures['find'], figures['sqlite find'])
    return Row(
        'the 50 newest by an indexed field of 100,000', f'{middle["find"] * 1e6:.0f} µs',
        f'{middle["sqlite find"] * 1e6:.0f} µs SQLite', f'{ratio:.2f} ×', '≤ 2 ×', ratio <= 2,
    )  # fmt: skip


def _size_rows(middle: Mapping[str, float]) -> list[Row]:
    seconds, ratio = f'{middle["open"]:.2f} s', middle['memory'] / middle['json']
    return [
        Row('opening 100,000', seconds, '', seconds, '≤ 1.5 s', middle['open'] <= 1.5),
        Row(
            'memory then', f'{middle["memory"] / 1e6:.0f} MB', f'{middle["json"] / 1e6:.0f} MB of JSON',
            f'{ratio:.1f} ×', '≤ 4 ×', ratio <= 4,
        ),
    ]  # fmt: skip


def _pause_row(middle: Mapping[str, float]) -> Row:
    pause, calm = f'{middle["pause"] * 1e3:.1f} ms', f'{middle["calm"] * 1e3:.1f} ms without one'
    what = 'a saver’s longest pause during a snapshot of 100,000'
    return Row(what, pause, calm, pause, '≤ 50 ms', middle['pause'] <= 0.05)


def _ratio(ours: list[float], others: list[float]) -> float:
    return median(mine / other for mine, other in zip(ours, others, strict=True))
