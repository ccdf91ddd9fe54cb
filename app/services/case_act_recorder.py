"""Record what staff do with cases: each act once, and also one that came too late."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from app.domain.case_acts import ActContent, CaseAct, CaseActKind
from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document
from app.domain.errors import Clash, NotFound, Overtaken
from app.domain.events import Event
from app.domain.people import Person, Role
from app.services.case_history import PRESS_APART, is_within
from app.services.case_meetings import event_met, refusal_of
from app.services.context import Context, require_client_id
from app.services.retry import retry_on_conflict

NEWEST = 20
"""Acts of a case that are read to find out what others have done meanwhile."""


@dataclass(frozen=True)
class CaseActReceipt:
    """The answer to an act: the case as it is now, and the act."""

    case: Case
    act: CaseAct


@dataclass(frozen=True)
class Change:
    """What an act does: the case as it is afterwards, its Event, and what else is saved.

    `complete` adds to the act what only this kind of act has.
    """

    case: Case
    event: Event
    more: tuple[Document, ...] = ()
    complete: Callable[[CaseAct], CaseAct] = lambda act: act

    def seen_from(self, case_id: str) -> Change:
        """Return the same change, with another one of the cases that it changes as its `case`."""
        cases = [one for one in (self.case, *self.more) if isinstance(one, Case)]
        chosen = next((one for one in cases if one.id == case_id), self.case)
        rest = tuple(one for one in (self.case, *self.more) if one is not chosen)
        return replace(self, case=chosen, more=rest)

    def with_more(self, *documents: Document) -> Change:
        """Return the change with more documents to save."""
        return replace(self, more=(*self.more, *documents))


Decide = Callable[[Case, ChangeStamp], Awaitable[Change]]
"""Decide what an act does with a case as it is now. Raise Overtaken if it came too late."""


class CaseActRecorder:
    """Save each act with what it changes, or with what it met."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    @retry_on_conflict
    async def record(
        self, person: Person, case_id: str, act_id: str, content: ActContent, decide: Decide, seen: int | None = None
    ) -> CaseActReceipt:
        """Do an act once. `seen` is the revision of the case that a screen showed (None: any).

        A repeat of an id gets the same answer; raise Clash if its content differs. An act that comes too late is kept,
        and refused with a Clash that says what it met.
        """
        person.require(Role.FIELD)
        case, stamp = await self.case(case_id), self._context.stamp(person)
        act = CaseAct.of(require_client_id(act_id), case, content, stamp)
        if kept := await self._store.get(CaseAct, act_id):
            return await self._repeat(kept, act, case)
        if await self._is_second_tap(act):
            await self._store.save(act)
            return CaseActReceipt(case, act.as_saved())
        try:
            await self._require_seen(case, person, seen)
            change = await decide(case, stamp)
        except Overtaken as overtaken:
            raise await self._keep_met(case, act, overtaken) from overtaken
        return await self._save(case, change, act)

    async def case(self, case_id: str) -> Case:
        """Return a case. Raise NotFound if there is none."""
        case = await self._store.get(Case, case_id)
        if case is None:
            raise NotFound('There is no such case.')
        return case

    async def _save(self, before: Case, change: Change, act: CaseAct) -> CaseActReceipt:
        act = change.complete(act.changing(before, change.case, change.event.id))
        changed = () if change.case is before else (change.case,)
        await self._store.save(*changed, change.event.of_act(act.id), act, *change.more)
        return CaseActReceipt(change.case.as_saved() if changed else before, act.as_saved())

    async def _repeat(self, kept: CaseAct, act: CaseAct, case: Case) -> CaseActReceipt:
        if not kept.repeats(act):
            raise Clash('This id has been used for something else. Nothing was changed.')
        if met := await self._store.get(Event, kept.met) if kept.met else None:
            refusal = await refusal_of(self._store, case, met, self._context.now())
            raise refusal or Overtaken('Somebody was faster: this no longer applies.')
        return CaseActReceipt(case, kept)

    async def _is_second_tap(self, act: CaseAct) -> bool:
        """Return True if the same person has just done the same: a double tap that was sent as two."""
        newest = (await self._store.find(CaseAct, limit=1, case_id=act.case_id)).documents
        return any(one.repeats(act) and one.is_done and is_within(PRESS_APART, one.at, act.at) for one in newest)

    async def _require_seen(self, case: Case, person: Person, seen: int | None) -> None:
        """Raise Clash if somebody else has done something since the person's screen showed the case."""
        if seen is None or seen >= case.revision:
            return
        newest = (await self._store.find(CaseAct, limit=NEWEST, case_id=case.id)).documents
        silent = (CaseActKind.NOTE, CaseActKind.UNDO)
        if any(
            one.by != person.id and one.is_done and one.case_revision > seen and one.kind not in silent
            for one in newest
        ):
            raise Overtaken('Somebody was faster: this no longer applies.')

    async def _keep_met(self, case: Case, act: CaseAct, overtaken: Overtaken) -> Clash:
        """Keep an act that came too late, and return the refusal that says what it met."""
        met = await event_met(self._store, case)
        if met is None:
            return overtaken
        await self._store.save(act.meeting(met.id))
        return await refusal_of(self._store, case, met, self._context.now()) or overtaken
