"""Know who has which case open at the moment. This is kept in memory only, and only while a screen is open."""

from __future__ import annotations

from dataclasses import dataclass

from nicegui import Client
from nicegui import Event as Signal

from app.domain.people import Person


@dataclass(frozen=True)
class _Viewer:
    case_id: str
    person: Person


class CaseViewers:
    """The open screens of cases. `changed` signals the id of a case that somebody has opened or left."""

    def __init__(self) -> None:
        self.changed: Signal[str] = Signal()
        self._screens: dict[str, _Viewer] = {}

    def enter(self, client: Client, case_id: str, person: Person) -> None:
        """Note that this person's screen shows a case, in place of another one that it showed."""
        if self._screens.get(client.id) == (viewer := _Viewer(case_id, person)):
            return
        self.leave(client)
        self._screens[client.id] = viewer
        self.changed.emit(case_id)

    def leave(self, client: Client) -> None:
        """Note that a screen shows no case any more."""
        if viewer := self._screens.pop(client.id, None):
            self.changed.emit(viewer.case_id)

    def others(self, case_id: str, person_id: str) -> tuple[str, ...]:
        """Return the names of the other people who have a case open, each once, in the order in which they came."""
        viewers = [viewer.person for viewer in self._screens.values() if viewer.case_id == case_id]
        return tuple(dict.fromkeys(person.name for person in viewers if person.id != person_id))
