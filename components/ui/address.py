"""Change the address of an open screen."""

from __future__ import annotations

import json

from nicegui import Client


def replace_address(client: Client, address: str) -> None:
    """Show another address for an open screen, so that a reload and the way back lead to what is seen now.

    The state of the history entry stays: it holds what dialogs and long lists have to know.
    """
    client.run_javascript(f'history.replaceState(history.state, "", {json.dumps(address)})')
