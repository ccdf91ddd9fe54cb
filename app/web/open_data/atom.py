"""Write a feed as Atom (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.domain.xml_text import xml_text
from app.web.open_data.feed_model import ATOM, JSON_FEED, FeedDocument, FeedItem

NAMESPACE = 'http://www.w3.org/2005/Atom'


def atom(document: FeedDocument) -> bytes:
    """Return the XML document, in UTF-8."""
    feed = Element('feed', {'xmlns': NAMESPACE, 'xml:lang': document.language})
    _text(feed, 'id', document.id)
    _text(feed, 'title', document.title)
    _text(feed, 'updated', _moment(document.updated))
    author = SubElement(feed, 'author')
    _text(author, 'name', document.author)
    _text(author, 'uri', document.home)
    _text(feed, 'icon', document.icon)
    _text(feed, 'generator', 'Haren')
    _link(feed, 'self', ATOM, document.atom)
    _link(feed, 'alternate', 'text/html', document.page)
    _link(feed, 'alternate', JSON_FEED, document.json)
    for item in document.items:
        _add(feed, item)
    xml: bytes = tostring(feed, encoding='utf-8', xml_declaration=True)
    return xml


def _add(feed: Element, item: FeedItem) -> None:
    entry = SubElement(feed, 'entry')
    _text(entry, 'id', item.id)
    _text(entry, 'title', item.title)
    _text(entry, 'published', _moment(item.at))
    _text(entry, 'updated', _moment(item.at))
    _link(entry, 'alternate', 'text/html', item.page)
    _text(entry, 'summary', item.text)
    for term in (item.event, item.problem):
        SubElement(entry, 'category', {'term': term})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = xml_text(text)


def _link(parent: Element, relation: str, media_type: str, address: str) -> None:
    SubElement(parent, 'link', {'rel': relation, 'type': media_type, 'href': address})


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec='seconds')
