"""A channel as Atom (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.domain.xml_text import xml_text
from app.web.open_data.feed_model import ATOM, JSON_FEED, FeedDocument, FeedItem

NAMESPACE = 'http://www.w3.org/2005/Atom'


def atom(channel: FeedDocument) -> bytes:
    """The feed document."""
    feed = Element('feed', {'xmlns': NAMESPACE, 'xml:lang': channel.language})
    _say(feed, 'id', channel.id)
    _say(feed, 'title', channel.title)
    _say(feed, 'updated', _moment(channel.updated))
    author = SubElement(feed, 'author')
    _say(author, 'name', channel.author)
    _say(author, 'uri', channel.home)
    _say(feed, 'icon', channel.icon)
    _say(feed, 'generator', 'Haren')
    _link(feed, 'self', ATOM, channel.atom)
    _link(feed, 'alternate', 'text/html', channel.page)
    _link(feed, 'alternate', JSON_FEED, channel.json)
    for item in channel.items:
        _add(feed, item)
    document: bytes = tostring(feed, encoding='utf-8', xml_declaration=True)
    return document


def _add(feed: Element, item: FeedItem) -> None:
    entry = SubElement(feed, 'entry')
    _say(entry, 'id', item.id)
    _say(entry, 'title', item.title)
    _say(entry, 'published', _moment(item.at))
    _say(entry, 'updated', _moment(item.at))
    _link(entry, 'alternate', 'text/html', item.page)
    _say(entry, 'summary', item.text)
    for term in (item.event, item.problem):
        SubElement(entry, 'category', {'term': term})


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = xml_text(text)


def _link(parent: Element, relation: str, media_type: str, address: str) -> None:
    SubElement(parent, 'link', {'rel': relation, 'type': media_type, 'href': address})


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec='seconds')
