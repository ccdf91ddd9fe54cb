"""Show held reports in groups: what they are about, why they wait, and what a lead can do with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from app.domain.people import Person
from app.domain.quarantine import HeldGroup, HeldReport, HoldReason
from app.domain.sticker_codes import spaced
from app.i18n import Translator
from app.services.quarantine import SHOWN, HeldGroupDetails
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import ask
from components.ui.long_text import LongText
from components.ui.photo_thumbnail import picture
from components.ui.text import Text

Decide = Callable[[Person], Awaitable[object]]


class HeldReportList:
    """The list of groups. Each keeps its place, also one that has been decided: its buttons are spent then."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._cards: dict[HeldGroup, HeldGroupCard] = {}
        _ = screen._
        self._none = Text(
            'p', _('No reports are held back. What looks automatic will wait here until a lead has looked at it.')
        ).classes('notice')
        self._hint = Text(
            'p',
            _('These reports look automatic. They count for nothing until you let them through, and go after 30 days.'),
        )
        self._list = ui.element('ul').classes('folds')

    async def refresh(self) -> None:
        """Show the groups as they are now."""
        groups = [group for flood in await self._screen.services.quarantine.floods() for group in flood.groups]
        for decided in self._cards.keys() - {group.group for group in groups}:
            await self._cards[decided].show_decided()
        for group in groups:
            if group.group not in self._cards:
                with self._list:
                    self._cards[group.group] = HeldGroupCard(self._screen, group, self.refresh)
            await self._cards[group.group].show(group)
        self._none.set_visibility(not groups)
        self._hint.set_visibility(bool(groups))


class HeldGroupCard:
    """A group: buttons for all its reports, and some of its newest reports one by one.

    No row ever moves: a decided report stays with spent buttons, and reports that come in meanwhile stand below.
    """

    def __init__(self, screen: Screen, details: HeldGroupDetails, on_decision: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._group = details.group
        self._on_decision = on_decision
        self._rows: dict[str, tuple[Button, Button]] = {}
        self._waiting_ids: set[str] = set()
        _, name = screen._, self._name(details)
        with ui.element('li').classes('card heap') as self.element:
            Text('h2', name).classes('fold-name')
            self._span = Text('p', '').classes('quiet')
            self._count = Text('p', '').classes('quiet')
            with ui.element('div').classes('row'):
                heap = ', '.join((name, *self._identity(details)))
                named = _('Let all through: {heap}', heap=heap), _('Discard all: {heap}', heap=heap)
                self._all = (
                    Button(_('Let all through'), self._release_all, 'check', named=named[0]),
                    Button(_('Discard all'), self._discard_all, look='danger', named=named[1]),
                )
            with ui.element('details'):
                self._summary = Text('summary', '')
                self._list = ui.element('ul').classes('things')

    async def show(self, details: HeldGroupDetails) -> None:
        """Show how many reports wait now, and some of the newest."""
        _ = self._screen._
        self._waiting = details.waiting
        reasons = ' · '.join(why_held(why, _) for why, _count in details.reasons.most_common())
        count = _.plural('{count} report waits', '{count} reports wait', self._waiting)
        self._span.text = self._what_and_when(details)
        self._count.text = f'{count} · {reasons}'
        self._summary.text = self._summary_words(len(details.newest))
        for button in self._all:
            button.spend(False)
        await self._spend_decided({held.id for held in details.newest})
        for held in details.newest:
            if held.id not in self._rows and len(self._waiting_ids) < SHOWN:
                self._waiting_ids.add(held.id)
                with self._list:
                    self._rows[held.id] = self._row(held)

    async def show_decided(self) -> None:
        """Show that no report of this group waits any more."""
        self._waiting = 0
        self._count.text = self._screen._('Nothing waits here any more.')
        for button in self._all:
            button.spend()
        await self._spend_decided(set())

    async def _spend_decided(self, still_waiting: set[str]) -> None:
        for id in self._waiting_ids - still_waiting:
            if not await self._screen.services.quarantine.is_waiting(id):
                self._waiting_ids.discard(id)
                for button in self._rows[id]:
                    button.spend()

    def _summary_words(self, count: int) -> str:
        _ = self._screen._
        if count == self._waiting:
            return _('Look at them')
        return _('Look at the newest {count} of {all}', count=count, all=self._waiting)

    def _row(self, held: HeldReport) -> tuple[Button, Button]:
        _, now = self._screen._, self._screen.services.now()
        words = held.report.note or _('Without words')
        when = f'{_.when(held.at, now)} · {why_held(held.why, _)}'
        with ui.element('li').classes('device'):
            with ui.element('div').classes('grow'):
                LongText(words, _)
                Text('p', when).classes('thing-detail')
                if held.report.photo:
                    picture(f'/photos/{held.report.photo}', _('Photo: {words}', words=f'{words} ({when})'))
            name = f'{words} ({when})'
            with ui.element('div').classes('row'):
                named = _('Let through: {words}', words=name), _('Discard: {words}', words=name)
                release = Button(_('Let through'), partial(self._release_one, held.id), named=named[0])
                return release, Button(_('Discard'), partial(self._discard_one, held.id), named=named[1])

    async def _release_all(self) -> None:
        _, count = self._screen._, self._waiting
        consequence = _.plural(
            'It counts as a report from then on.', 'All {count} count as reports from then on.', count
        )
        if await ask(_, _('Let all through?'), consequence, _('Let all through'), danger=False):
            await self._decide(lambda lead: self._screen.services.quarantine.release(lead, self._group))

    async def _discard_all(self) -> None:
        _, count = self._screen._, self._waiting
        consequence = _.plural('It will never count.', 'None of the {count} will ever count.', count)
        if await ask(_, _('Discard all?'), consequence, _('Discard all')):
            await self._decide(lambda lead: self._screen.services.quarantine.discard(lead, self._group))

    async def _release_one(self, report_id: str) -> None:
        await self._decide(lambda lead: self._screen.services.quarantine.release(lead, self._group, {report_id}))

    async def _discard_one(self, report_id: str) -> None:
        _ = self._screen._
        if await ask(_, _('Discard it?'), _('It will never count.'), _('Discard')):
            await self._decide(lambda lead: self._screen.services.quarantine.discard(lead, self._group, {report_id}))

    async def _decide(self, decide: Decide) -> None:
        await self._screen.attempt(decide)
        await self._on_decision()

    def _what_and_when(self, details: HeldGroupDetails) -> str:
        """Return in words what tells this group from others about the same, and the time of its newest report."""
        _, newest = self._screen._, details.newest
        last = [_('the latest {when}', when=_.day_and_time(newest[0].at))] if newest else []
        return ' · '.join((*self._identity(details), *last))

    def _identity(self, details: HeldGroupDetails) -> list[str]:
        """Return in words the sticker, and when the flood began."""
        _ = self._screen._
        sticker = [_('Sticker {code}', code=spaced(details.asset.code))] if details.asset else []
        began = [_('from {when}', when=_.day_and_time(details.began_at))] if details.began_at else []
        return [*sticker, *began]

    def _name(self, details: HeldGroupDetails) -> str:
        _, problem = self._screen._, self._screen.services.catalogue.problem(details.group.problem)
        names = (details.asset.name if details.asset else _('something'), details.site.name if details.site else '')
        state = _('It is fine now') if details.group.fine else problem.state.in_(_.language)
        return f'{", ".join(filter(None, names))} – {state[:1].lower()}{state[1:]}'


def why_held(why: HoldReason, _: Translator) -> str:
    """Return in words why a report looked automatic."""
    return {
        HoldReason.TRAP: _('filled in a field that people do not see'),
        HoldReason.UNSIGNED: _('did not open the page first'),
        HoldReason.HASTY: _('answered faster than anybody reads'),
        HoldReason.NETWORK: _('very many from one network'),
        HoldReason.STICKER: _('very many for one sticker'),
        HoldReason.ALL: _('very many at once'),
    }[why]
