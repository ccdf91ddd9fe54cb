"""The filters of the feed: whose news, and which kind of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from nicegui import ui
from nicegui.events import Handler, ValueChangeEventArguments

from app.domain.events import Topic
from app.domain.people import Person
from app.i18n import Translator
from app.services.feed_rows import RowFilter
from app.wording.feed import topic_name
from components.ui.button import Button
from components.ui.select import Select

MINE = 'mine'
ALL = 'all'

OnChoice = Handler[ValueChangeEventArguments[str]]


class FeedFilters:
    """The fields of the filters, and two buttons for what is asked for most: what concerns me, and everything."""

    def __init__(
        self, chosen: RowFilter, teams: Mapping[str, str], _: Translator, on_whose: OnChoice, on_topic: OnChoice
    ) -> None:
        topics = {'': _('All kinds'), **{topic.value: topic_name(topic, _) for topic in Topic}}
        with ui.element('div').classes('filters'):
            with ui.element('div').classes('feed-whose').props('role=group') as group:
                group.props['aria-label'] = _('Whose news')
                self._buttons = {
                    MINE: Button(_('What concerns me'), lambda: self._press(MINE)),
                    ALL: Button(_('Everything'), lambda: self._press(ALL)),
                }
            options = {MINE: _('What concerns me'), ALL: _('Every team'), **teams}
            self._whose = Select(_('Team'), options, whose(chosen), on_change=on_whose)
            Select(_('Show'), topics, chosen.topic or '', on_change=on_topic)
        self.show(chosen)

    def show(self, chosen: RowFilter) -> None:
        """Show which of the buttons holds."""
        for choice, button in self._buttons.items():
            button.props['aria-pressed'] = 'true' if choice == whose(chosen) else 'false'

    def _press(self, choice: str) -> None:
        self._whose.value = choice


def whose(chosen: RowFilter) -> str:
    """Return whose news a filter shows: MINE, ALL, or the id of a team."""
    return MINE if chosen.person else chosen.team_id or ALL


def with_whose(chosen: RowFilter, choice: str, person: Person) -> RowFilter:
    """Return the filter with another choice of whose news it shows, for this person."""
    return replace(
        chosen, person=person if choice == MINE else None, team_id=None if choice in (MINE, ALL, '') else choice
    )


def read_filter(query: Mapping[str, str], remembered: str, teams: Collection[str], person: Person) -> RowFilter:
    """Read the filter of an address, or else what this device remembers. Neither is trusted.

    Without both, somebody sees what concerns them, or everything if they are in no team.
    """
    usual = MINE if person.team_id else ALL
    choices = (query.get('whose'), query.get('team'), remembered)
    choice = next((each for each in choices if each in {MINE, ALL, *teams}), usual)
    topic = query.get('topic', '')
    return with_whose(RowFilter(Topic(topic) if topic in set(Topic) else None), choice, person)


def address(chosen: RowFilter) -> str:
    """Return the address of the feed with this filter."""
    of_whom = ('team', chosen.team_id) if chosen.team_id else ('whose', whose(chosen))
    query = (('topic', chosen.topic), of_whom)
    return '/feed?' + '&'.join(f'{name}={value}' for name, value in query if value)
