"""Tell whether the reports of a case came from different networks, without keeping where anybody was.

One person can make many ids, but seldom reports from two networks at once. So whoever confirms a case, or closes it by
saying that it is fine now, must come from another network than somebody before them.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import NamedTuple

MOST_CASES = 20_000
"""Cases that are remembered. Of older ones nothing is known, as after a restart."""

ENOUGH = 2
"""Origins that are remembered of one case. Whoever comes differs from one of two that differ."""


class Origin(NamedTuple):
    """The origin of a report: the hash of a network, and the day whose salt made it.

    `day` is None for signed-in staff. They are known, so that each of them counts as another network.
    """

    day: date | None
    network: bytes

    @classmethod
    def staff(cls, report_id: str) -> Origin:
        """Return the origin of a report by signed-in staff."""
        return cls(None, report_id.encode())

    def differs_from(self, other: Origin) -> bool:
        """Return True if the two are known to differ. Hashes of two days can't be compared."""
        return other.network != self.network and (None in (self.day, other.day) or other.day == self.day)


class ReportOrigins:
    """The origins of the reports and the "fine now" of each case, in memory alone.

    After a restart or on the next day it can't be known where earlier reports came from. Then they count as being from
    this network: a case waits for one more report, which is better than one person alone closing it. Reports that a
    lead lets through have no known origin, either.
    """

    def __init__(self) -> None:
        self._of_cases: OrderedDict[tuple[str, bool], tuple[Origin, ...]] = OrderedDict()

    def has_another(self, case_id: str, fine: bool, origin: Origin | None) -> bool:
        """Return True if somebody in another network has said the same about this case."""
        if origin is None:
            return False
        return origin.day is None or any(map(origin.differs_from, self._of_cases.get((case_id, fine), ())))

    def add(self, case_id: str, fine: bool, origin: Origin | None) -> None:
        """Remember the origin of a report that was counted."""
        if origin is None:
            return
        known = self._of_cases.pop((case_id, fine), ())
        comparable = tuple(one for one in known if one.day in (None, origin.day) and one != origin)
        self._of_cases[case_id, fine] = (*comparable, origin)[:ENOUGH]
        if len(self._of_cases) > MOST_CASES:
            self._of_cases.popitem(last=False)

    def take_fine_back(self, case_id: str) -> None:
        """Forget who has said that it is fine now, as somebody has reported the problem again."""
        self._of_cases.pop((case_id, True), None)
