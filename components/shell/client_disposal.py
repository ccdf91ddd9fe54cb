"""Free a closed page at once: break the circles in which NiceGUI's objects refer to each other.

Python frees an object when nothing refers to it any more. Objects that refer to each other in a circle stay until the
garbage collector looks for them, and while it does, nobody is served. Half of the 2,000 objects of a closed page were
in such circles, and kept the other half: each element's classes, style and props refer to a method of their own, a
field to its handlers, and a client to handlers that refer to it.

Attributes that begin with an underscore are internal to NiceGUI. `tests/pages/staff/test_closed_screens.py` checks that
nothing of a closed screen is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from nicegui import Client
from nicegui.element import Element
from nicegui.elements.mixins.value_element import ValueElement

_remove_elements = Client.remove_elements


def free_removed_elements() -> None:
    """Let NiceGUI break the circles of every element that it removes, from an open page or with its client."""

    def remove(client: Client, elements: Iterable[Element]) -> None:
        removed = list(elements)
        _remove_elements(client, removed)
        for element in removed:
            _free_element(element)

    Client.remove_elements = remove  # type: ignore[method-assign, assignment]


def free_when_deleted(client: Client) -> None:
    """Break the circles of this client as soon as it has been deleted."""
    client.on_delete(lambda: asyncio.get_running_loop().call_soon(_free_client, client))


def _free_element(element: Element) -> None:
    for observed in (element.classes, element.style, element.props):
        observed._change_handlers.clear()
    if isinstance(element, ValueElement):
        element._change_handlers.clear()


def _free_client(client: Client) -> None:
    for handlers in (client.connect_handlers, client.disconnect_handlers, client.delete_handlers):
        handlers.clear()
    client._exception_handlers.clear()
