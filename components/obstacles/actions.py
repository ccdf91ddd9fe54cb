"""Carry out what somebody does about an obstacle: at once, or after a dialog has asked for details."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from app.domain.people import Person
from app.services.obstacle_details import ObstacleDetails
from components.obstacles.dialogs import ask_again, ask_how_it_went, raise_it
from components.obstacles.link_dialog import choose_same
from components.shell.screen import Screen

Act = Callable[[Person, str], Awaitable[object]]


class ObstacleActions:
    """The actions of one screen. `changed` gets the id of an obstacle and shows it as it is afterwards."""

    def __init__(self, screen: Screen, changed: Callable[[str], Awaitable[None]]) -> None:
        self._screen = screen
        self._changed = changed
        obstacles = screen.services.obstacles
        self._at_once: Mapping[str, Act] = {
            'share': obstacles.share,
            'unshare': obstacles.unshare,
            'explore': obstacles.explore,
            'come_back': obstacles.come_back,
            'unlink': obstacles.unlink,
        }
        self._dialogs: Mapping[str, Callable[[ObstacleDetails], Awaitable[None]]] = {
            'remove': lambda details: ask_how_it_went(screen, details, 'remove'),
            'work_around': lambda details: ask_how_it_went(screen, details, 'work_around'),
            'raise': lambda details: raise_it(screen, details),
            'ask_again': lambda details: ask_again(screen, details),
            'link': lambda details: _link(screen, details),
        }

    async def do(self, entry_id: str, act: str, seen: object = None) -> None:
        """Do what the browser asks for, ignoring unknown actions, and show the result.

        `seen` is the revision that the browser showed. So if two people undo the latest step at once, only one does.
        """
        revision = seen if isinstance(seen, int) else None
        if act == 'put_back':
            obstacles = self._screen.services.obstacles
            await self._screen.attempt(lambda person: obstacles.put_back(person, entry_id, seen=revision))
        elif act in self._at_once:
            await self._screen.attempt(lambda person: self._at_once[act](person, entry_id))
        elif act in self._dialogs:
            await self._screen.attempt(lambda person: self._open_dialog(person, entry_id, act))
        await self._changed(entry_id)

    async def _open_dialog(self, person: Person, entry_id: str, act: str) -> None:
        reader = await self._screen.services.reader(person)
        await self._dialogs[act](await self._screen.services.obstacle_diary.details(reader, entry_id))


async def _link(screen: Screen, details: ObstacleDetails) -> None:
    entry_id, obstacles = details.entry.id, screen.services.obstacles

    async def link(other_id: str) -> None:
        await screen.attempt(lambda person: obstacles.link(person, entry_id, other_id))

    await choose_same(screen, details, link)
