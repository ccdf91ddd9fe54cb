"""Show a text that somebody wrote, folded to a few lines if it is long."""

from __future__ import annotations

from nicegui.elements.mixins.text_element import TextElement

from app.i18n import Translator


class LongText(TextElement, component='../js/ui/long_text.js'):
    """A paragraph of a list. A button below shows the rest of a long one."""

    def __init__(self, text: str, _: Translator) -> None:
        super().__init__(text=text)
        self.props['labels'] = fold_words(_)


def fold_words(_: Translator) -> dict[str, str]:
    """Return the labels of the button."""
    return {'unfold': _('Show the whole text'), 'fold': _('Show less')}
