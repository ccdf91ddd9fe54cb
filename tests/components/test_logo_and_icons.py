"""Test the logo and the icons: they are well-formed, and screen readers skip them beside a word."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest

from components.theme.icons import icon, names
from components.theme.logo import FAVICON, hare


def test_the_mark_is_hidden_unless_it_has_a_name() -> None:
    assert ET.fromstring(hare()).attrib['aria-hidden'] == 'true'
    named = ET.fromstring(hare(48, 'Haren & co'))
    assert (named.attrib['role'], named.attrib['width'], named[0].text) == ('img', '48', 'Haren & co')


def test_the_page_icon_needs_no_request() -> None:
    head, _, document = FAVICON.partition(',')
    assert head == 'data:image/svg+xml'
    assert ET.fromstring(unquote(document)).tag.endswith('svg')


@pytest.mark.parametrize('name', names())
def test_icons_are_hidden_from_screen_readers(name: str) -> None:
    assert ET.fromstring(icon(name)).attrib['aria-hidden'] == 'true'
