"""Find the regular expressions in a browser module."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'(?P<skip>//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`)'
    r'|(?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])*/[a-z]*)'
    r'|(?P<word>[\w$]+|\s+|.)',
    re.DOTALL,
)

_BEFORE_A_PATTERN = frozenset({'', '(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '>', 'return', 'case'})


def patterns_in(source: str) -> Iterator[str]:
    """Yield the literals of regular expressions, such as `/a+/g`.

    A stroke behind a value is a division. Text in backticks is left out: there is no pattern in it.
    """
    at, before = 0, ''
    while at < len(source):
        found = _TOKEN.match(source, at)
        assert found is not None
        if found.lastgroup == 'pattern' and before not in _BEFORE_A_PATTERN:
            at += 1  # a division
            continue
        if found.lastgroup == 'pattern':
            yield found[0]
        at = found.end()
        if found[0].strip() and not found[0].startswith(('//', '/*')):
            before = found[0] if found.lastgroup == 'word' else 'value'
