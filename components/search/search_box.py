"""The element that searches while somebody types. It asks the API itself, and the server renders the first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from nicegui.element import Element

from app.domain.search_words import LONGEST_QUERY
from app.domain.searching import SearchKind
from app.i18n import Translator
from app.wording.search import search_kind
from components.theme.icons import icon

ICONS = {
    SearchKind.PLACE: 'pin',
    SearchKind.THING: 'qr',
    SearchKind.PERSON: 'person',
    SearchKind.CASE: 'notice',
    SearchKind.OBSTACLE: 'obstacle',
    SearchKind.ENTRY: 'pencil',
}


class Chosen(TypedDict):
    """The query and its filters, as in the address. '' filters nothing."""

    q: str
    kind: str
    team: str
    site: str
    since: str
    until: str


class SearchBox(Element, component='../js/search/search.js'):
    """A field, its filters and what was found. `page` is the API's answer to what is `chosen`, or None."""

    def __init__(
        self,
        chosen: Chosen,
        page: dict[str, Any] | None,
        error: str,
        teams: Mapping[str, str],
        sites: Mapping[str, str],
        _: Translator,
    ) -> None:
        super().__init__()
        self.props['start'] = dict(chosen)
        self.props['page'] = page
        self.props['refused'] = error
        self.props['longest'] = LONGEST_QUERY
        self.props['kinds'] = [{'value': kind.value, 'label': search_kind(kind, _)} for kind in SearchKind]
        self.props['teams'] = _options(teams)
        self.props['sites'] = _options(sites)
        self.props['icons'] = {kind.value: icon(name) for kind, name in ICONS.items()}
        self.props['labels'] = _labels(_)


def _options(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{'value': id, 'label': name} for id, name in names.items()]


def _labels(_: Translator) -> dict[str, str]:
    return {
        'search': _('Search'),
        'field': _('What are you looking for?'),
        'kinds': _('What to search'),
        'everything': _('Everything'),
        'more': _('Team, place and time'),
        'team': _('Team'),
        'everyTeam': _('Every team'),
        'site': _('Place'),
        'everyPlace': _('Every place'),
        'since': _('From'),
        'until': _('Until'),
        'hits': _('What was found'),
        'one': _('1 found'),
        'many': _('{count} found'),
        'manyMore': _('{count} found, and more below'),
        'none': _('Nothing was found for “{words}”.'),
        'noneHint': _('Try fewer words, or only how they begin.'),
        'narrowed': _('Searched only: {filters}.'),
        'drop': _('Search everything'),
        'building': _('The words are still being read after a start. There may be more in a moment.'),
        'loading': _('Fetching more …'),
        'offline': _('You are offline. Search needs a network.'),
        'signedOut': _('You are not signed in any more. Sign in again to search.'),
        'justNow': _('just now'),
        'what': _('Here you find cases, obstacles, entries, places, things and colleagues.'),
        'exampleWords': _('Words in any order, or how they begin:'),
        'exampleNumber': _('The number of a case:'),
        'exampleCode': _('The code on a sticker:'),
        'words': _('glass mon'),
        'keyOn': _('The key / leads here from every screen.'),
        'keyOff': _('The key / does nothing now.'),
        'turnOff': _('Turn it off'),
        'turnOn': _('Turn it on'),
    }
