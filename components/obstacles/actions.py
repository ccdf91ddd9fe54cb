"""What somebody does about an obstacle on a screen: at once, or after a sheet has asked how."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from app.domain.people import Person
from app.services.obstacle_details import ObstacleDetails
from components.obstacles.dialogs import ask_again, ask_how, choose_same, raise_it
from components.shell.screen import Screen

Act = Callable[[Person, str], Awaitable[object]]


class ObstacleActions:
    """The acts of one screen. `changed` shows an obstacle as it is afterwards."""

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
        self._asking: Mapping[str, Callable[[ObstacleDetails], Awaitable[None]]] = {
            'remove': lambda standing: ask_how(screen, standing, 'remove'),
            'work_around': lambda standing: ask_how(screen, standing, 'work_around'),
            'raise': lambda standing: raise_it(screen, standing),
            'ask_again': lambda standing: ask_again(screen, standing),
            'link': self._link,
        }

    async def do(self, entry_id: str, act: str, seen: object = None) -> None:
        """Do what the browser asks for, if there is such a thing, and show what came of it.

        `seen` is the revision that it showed: of two who undo the latest step at once, one does.
        """
        revision = seen if isinstance(seen, int) else None
        if act == 'put_back':
            obstacles = self._screen.services.obstacles
            await self._screen.attempt(lambda person: obstacles.put_back(person, entry_id, seen=revision))
        elif act in self._at_once:
            await self._screen.attempt(lambda person: self._at_once[act](person, entry_id))
        elif act in self._asking:
            await self._screen.attempt(lambda person: self._ask(person, entry_id, act))
        await self._changed(entry_id)

    async def _ask(self, person: Person, entry_id: str, act: str) -> None:
        reader = await self._screen.services.context.reader(person)
        await self._asking[act](await self._screen.services.obstacle_diary.standing(reader, entry_id))

    async def _link(self, standing: ObstacleDetails) -> None:
        entry_id, obstacles = standing.entry.id, self._screen.services.obstacles

        async def chosen(other_id: str) -> None:
            await self._screen.attempt(lambda person: obstacles.link(person, entry_id, other_id))

        await choose_same(self._screen, standing, chosen)
