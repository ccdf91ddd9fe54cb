"""Text that an XML document can hold."""

from __future__ import annotations

from app.domain.bounded_pattern import BoundedPattern

_NOT_IN_XML = BoundedPattern('[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]', longest=10_000)


def xml_text(text: str) -> str:
    """Return the text without the characters that no XML document may hold, not even escaped (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub('', text)
