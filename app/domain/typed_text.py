"""Short texts that people type or paste from paper, an e-mail or a map: codes, case numbers, addresses, positions."""

from __future__ import annotations

from unicodedata import category, normalize

from app.domain.characters import plain

LONGEST_TYPED = 500
"""Characters. Nobody types more for a code or a number, and an address with its query fits."""

_BRACKETS_AND_QUOTES = frozenset({'Ps', 'Pe', 'Pi', 'Pf'})
_AROUND = frozenset(' -_.,:;*#\'"`´·•|/\\<>')


def plain_text(typed: str) -> str:
    """Return what was typed with ASCII digits, hyphens and spaces, without marks that nobody sees.

    Fullwidth and other variants of a letter become that letter. What is too long becomes ''.
    """
    return ''.join(map(plain, normalize('NFKC', typed))) if len(typed) <= LONGEST_TYPED else ''


def is_around(character: str) -> bool:
    """Return True for what stands around or between the parts of a code: brackets, quotes, dots, hyphens, spaces."""
    return character in _AROUND or category(character) in _BRACKETS_AND_QUOTES


def trimmed(text: str) -> str:
    """Return the text without what stands around it."""
    return text.strip(''.join(filter(is_around, set(text))))


def last_part(text: str) -> str:
    """Return what an address leads to: the part behind /q/ or /c/, or else the last one. Other text stays as it is."""
    inside = trimmed(text)
    path = inside.partition('?')[0].partition('#')[0]
    parts = [part for part in path.split('/') if part]
    if not is_address(inside) or not parts:
        return text
    markers = [place for place, part in enumerate(parts[:-1]) if part.lower() in ('q', 'c')]
    return parts[markers[-1] + 1] if markers else parts[-1]


def host_in(typed: str) -> str:
    """Return the host and port of a typed address, in lower case, or '' if it is no address or names no host."""
    inside = trimmed(plain_text(typed)).lower()
    if not is_address(inside):
        return ''
    start, _, rest = inside.partition('//')
    host = (rest or start).partition('/')[0]
    return host if _is_host(host) or rest else ''


def is_address(text: str) -> bool:
    """Return True for an address with or without its scheme, or the end of one: /q/K7M2QR."""
    start, slash, _ = text.partition('/')
    return bool(slash) and ('//' in text or _is_host(start) or start.lower() in ('', 'q', 'c'))


def _is_host(text: str) -> bool:
    return ' ' not in text and ('.' in text or ':' in text)
