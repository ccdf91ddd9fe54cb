"""Put text into any HTML element, always escaped."""

from __future__ import annotations

from nicegui.elements.mixins.text_element import TextElement


class Text(TextElement):
    """A heading, paragraph or other element that holds text: `Text('h2', 'Open cases')`."""

    def __init__(self, tag: str, text: str) -> None:
        super().__init__(tag=tag, text=text)
