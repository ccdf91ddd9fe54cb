"""The lists that the municipality chooses from: root causes, kinds of obstacle, kinds of asset and their problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from app.domain.case_outcomes import Outcome
from app.domain.document import Text, Value
from app.domain.periods import Periods
from app.domain.working_hours import WorkingHours


class Tone(StrEnum):
    """The urgency of a problem. It decides colour and icon, and which of several problems is shown first."""

    URGENT = 'urgent'
    FULL = 'full'
    NOTICE = 'notice'


class Label(Value):
    """The same words in each language of the staff screens."""

    sv: Text
    en: Text

    def in_(self, language: str) -> str:
        """Return the words in `language`, or in English if there are none."""
        return str(getattr(self, language)) if language in type(self).model_fields else self.en


class PublicLabel(Label):
    """The same words in each language of the public pages."""

    fi: Text
    ar: Text
    uk: Text
    so: Text


class Term(Value):
    """A choice of a list."""

    id: str
    label: Label
    hint: Label | None = None


class ObstacleKind(Term):
    """A kind of obstacle. After `rests_after_days` without a change, somebody is reminded of such an obstacle."""

    rests_after_days: int


class Problem(Value):
    """Something that a resident can report.

    `button` is the text of its button, `state` says how the asset is then, and `still` is the button's text once the
    problem is known. `periods` say when a case about it is late.
    """

    id: str
    button: PublicLabel
    state: PublicLabel
    still: PublicLabel
    tone: Tone
    stale_after_hours: int
    periods: Periods = Periods()


class AssetKind(Value):
    """A kind of asset and the problems that its sticker offers, the likeliest first.

    `periods` hold the periods, by problem, that differ for this kind.
    """

    id: str
    label: PublicLabel
    problems: tuple[str, ...]
    periods: Mapping[str, Periods] = {}


class BuiltInAnswer(Value):
    """An answer that comes with Haren, in each language of the public pages.

    It fits these problems, or all of them if none is named.
    """

    id: str
    outcome: Outcome
    problems: tuple[str, ...] = ()
    words: PublicLabel

    def fits(self, problem: str, outcome: Outcome) -> bool:
        """Return True if it can be said about a case with this problem and this outcome."""
        return self.outcome is outcome and (not self.problems or problem in self.problems)


class Catalogue(Value):
    """The lists of the municipality, each in the order in which it is offered, and its usual working hours."""

    roots: tuple[Term, ...]
    obstacle_kinds: tuple[ObstacleKind, ...]
    problems: tuple[Problem, ...]
    asset_kinds: tuple[AssetKind, ...]
    ready_answers: tuple[BuiltInAnswer, ...] = ()
    working_hours: WorkingHours = WorkingHours()

    def problem(self, id: str) -> Problem:
        """Return the problem with this id. Raise KeyError if there is none."""
        return _with_id(self.problems, id)

    def asset_kind(self, id: str) -> AssetKind:
        """Return the kind of asset with this id. Raise KeyError if there is none."""
        return _with_id(self.asset_kinds, id)

    def likeliest_problems(self) -> tuple[Problem, ...]:
        """Return every problem that some kind of asset offers, with those first that rank high for many kinds."""
        weights: defaultdict[str, float] = defaultdict(float)
        for kind in self.asset_kinds:
            for rank, id in enumerate(kind.problems, start=1):
                weights[id] += 1 / rank
        return tuple(self.problem(id) for id in sorted(weights, key=lambda id: -weights[id]))

    def with_problems(self, changed: Mapping[str, tuple[str, ...]]) -> Catalogue:
        """Return the catalogue with the municipality's own problems, by the id of the kind of asset."""
        kinds = (kind.model_copy(update={'problems': changed.get(kind.id, kind.problems)}) for kind in self.asset_kinds)
        return self.model_copy(update={'asset_kinds': tuple(kinds)})


_Item = TypeVar('_Item', Problem, AssetKind)


def _with_id(items: Iterable[_Item], id: str) -> _Item:
    for item in items:
        if item.id == id:
            return item
    raise KeyError(id)
