"""Test the contrast of the colours."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from components.theme.design_tokens import DARK, LIGHT, PERCEIVABLE, READABLE, contrast

THEMES = {'light': LIGHT, 'dark': DARK}


def test_contrast_as_the_standard_counts_it() -> None:
    assert contrast('#000000', '#ffffff') == pytest.approx(21)
    assert contrast('#777777', '#ffffff') == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize('theme', THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(('text', 'ground'), READABLE)
def test_text_is_readable(theme: Mapping[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize('theme', THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(('edge', 'ground'), PERCEIVABLE)
def test_edges_are_perceivable(theme: Mapping[str, str], edge: str, ground: str) -> None:
    assert contrast(theme[edge], theme[ground]) >= 3


def test_both_themes_have_every_colour() -> None:
    assert LIGHT.keys() == DARK.keys()
