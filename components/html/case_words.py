"""What templates of public pages say about a case, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.people import Team
from app.i18n import Translator
from app.services.public_status import AssetStatus, Trouble
from app.wording import public_cases
from app.wording.bidi import BidiText


class CaseWords:
    """The words about cases on one page."""

    def __init__(self, _: Translator, now: datetime) -> None:
        self._translator = _
        self._now = now
        self._bidi = BidiText(_)

    def state(self, case: Case, problem: Problem) -> str:
        """Return the name of the state, or of how it ended."""
        return public_cases.state_words(case, problem, self._translator)

    def tone(self, case: Case, problem: Problem) -> str:
        """Return how the state looks."""
        return public_cases.state_tone(case, problem)

    def short(self, case: Case) -> str:
        """Return in a few words what staff do about it."""
        return public_cases.short_state(case, self._now, self._translator)

    def promise(self, case: Case) -> str:
        """Return until when it will be done."""
        return public_cases.promise_words(case, self._now, self._translator)

    def pause(self, trouble: Trouble) -> str:
        """Return what it waits for."""
        return public_cases.pause_words(trouble.case, self._team(trouble.team), self._translator)

    def next(self, case: Case | None, problem: Problem, status: AssetStatus, team: Team | None, fine: bool) -> str:
        """Return what happens next, or how it ended."""
        about = public_cases.PublicCase(case, problem, self._bidi.mark_inside(status.asset.name), self._team(team))
        return public_cases.next_step(about, self._translator, fine=fine)

    def _team(self, team: Team | None) -> str:
        return self._bidi.mark_inside(team.name) if team else ''
