"""Mirror a style sheet for languages that are written from right to left.

The style sheets name left and right, as old phones know no logical sides. To mirror them costs no byte of a page, while
rules that undo others would be sent with each page.
"""

from __future__ import annotations

_OTHER = {'left': 'right', 'right': 'left'}
_FOUR_SIDES = ('margin', 'padding', 'border-width')


def mirrored(css: str) -> str:
    """Return a minified style sheet with left and right swapped. Letters that are joined get no negative spacing."""
    return '}'.join(_mirrored_rule(rule) for rule in css.split('}'))


def _mirrored_rule(rule: str) -> str:
    selector, brace, declarations = rule.rpartition('{')
    if not brace:
        return rule
    swapped = (_mirrored_declaration(*one.partition(':')) for one in declarations.split(';'))
    return f'{selector}{brace}{";".join(filter(None, swapped))}'


def _mirrored_declaration(name: str, colon: str, value: str) -> str:
    if name == 'letter-spacing' and value.startswith('-'):
        return ''
    name = '-'.join(_OTHER.get(word, word) for word in name.split('-'))
    sides = value.split(' ')
    if name in _FOUR_SIDES and len(sides) == 4:
        value = ' '.join((sides[0], sides[3], sides[2], sides[1]))
    elif value.startswith('rotate('):
        value = value.replace('(-', '(') if '(-' in value else value.replace('(', '(-')
    return f'{name}{colon}{_OTHER.get(value, value)}'
