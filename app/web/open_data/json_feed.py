"""A channel as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from app.web.open_data.feed_model import FeedDocument, FeedItem

VERSION = 'https://jsonfeed.org/version/1.1'


def json_feed(channel: FeedDocument) -> bytes:
    """The feed document. What is Haren's own stands in `_haren`, as the format asks for."""
    told: dict[str, Any] = {
        'version': VERSION,
        'title': channel.title,
        'home_page_url': channel.page,
        'feed_url': channel.json,
        'icon': channel.icon,
        'favicon': channel.icon,
        'authors': [{'name': channel.author, 'url': channel.home}],
        'language': channel.language,
        'items': [_item(item) for item in channel.items],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _item(item: FeedItem) -> dict[str, Any]:
    return {
        'id': item.id,
        'url': item.page,
        'title': item.title,
        'content_text': item.text,
        'date_published': item.at.isoformat(timespec='seconds'),
        'date_modified': item.at.isoformat(timespec='seconds'),
        'tags': [item.event, item.problem],
        '_haren': {'case': item.case, 'event': item.event, 'problem': item.problem},
    }
