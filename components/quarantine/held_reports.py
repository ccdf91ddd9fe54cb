"""Show held reports in groups: what they are about, why they wait, and what a lead can do with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from app.domain.people import Person
from app.domain.quarantine import HeldGroup, HeldReport, HoldReason
from app.i18n import Translator
from app.services.quarantine import HeldGroupDetails
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import ask
from components.ui.photo_thumbnail import picture
from components.ui.text import Text

Decide = Callable[[Person], Awaitable[object]]


class HeldReportList:
    """The list of waiting groups. A decided group disappears; the others keep their place and update their counts."""

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
        for gone in self._cards.keys() - {group.group for group in groups}:
            self._cards.pop(gone).element.delete()
        for group in groups:
            if group.group not in self._cards:
                with self._list:
                    self._cards[group.group] = HeldGroupCard(self._screen, group, self.refresh)
            self._cards[group.group].show(group)
        self._none.set_visibility(not groups)
        self._hint.set_visibility(bool(groups))


class HeldGroupCard:
    """A group: buttons for all its reports, and its newest reports one by one."""

    def __init__(self, screen: Screen, details: HeldGroupDetails, on_decision: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._group = details.group
        self._on_decision = on_decision
        self._rows: dict[str, ui.element] = {}
        _, name = screen._, self._name(details)
        with ui.element('li').classes('card heap') as self.element:
            Text('h2', name).classes('fold-name')
            self._count = Text('p', '').classes('quiet')
            with ui.element('div').classes('row'):
                Button(_('Let all through'), self._release_all, 'check', named=_('Let all through: {heap}', heap=name))
                Button(_('Discard all'), self._discard_all, look='danger', named=_('Discard all: {heap}', heap=name))
            with ui.element('details'):
                self._summary = Text('summary', '')
                self._list = ui.element('ul').classes('things')

    def show(self, details: HeldGroupDetails) -> None:
        """Show how many reports wait now, and the newest of them."""
        _ = self._screen._
        self._waiting = details.waiting
        reasons = ' · '.join(why_held(why, _) for why, _count in details.reasons.most_common())
        count = _.plural('{count} report waits', '{count} reports wait', self._waiting)
        self._count.text = f'{count} · {reasons}'
        self._summary.text = self._summary_words(len(details.newest))
        for gone in self._rows.keys() - {held.id for held in details.newest}:
            self._rows.pop(gone).delete()
        for place, held in enumerate(details.newest):
            if held.id not in self._rows:
                with self._list:
                    self._rows[held.id] = self._row(held)
                self._rows[held.id].move(target_index=place)

    def _summary_words(self, count: int) -> str:
        _ = self._screen._
        if count == self._waiting:
            return _('Look at them')
        return _('Look at the newest {count} of {all}', count=count, all=self._waiting)

    def _row(self, held: HeldReport) -> ui.element:
        _, now = self._screen._, self._screen.services.now()
        words = held.report.note or _('Without words')
        when = f'{_.when(held.at, now)} · {why_held(held.why, _)}'
        with ui.element('li').classes('device') as row:
            with ui.element('div').classes('grow'):
                Text('p', words)
                Text('p', when).classes('thing-detail')
                if held.report.photo:
                    picture(f'/photos/{held.report.photo}', _('Photo: {words}', words=f'{words} ({when})'))
            name = f'{words} ({when})'
            with ui.element('div').classes('row'):
                Button(
                    _('Let through'), partial(self._release_one, held.id), named=_('Let through: {words}', words=name)
                )
                Button(_('Discard'), partial(self._discard_one, held.id), named=_('Discard: {words}', words=name))
        return row

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
