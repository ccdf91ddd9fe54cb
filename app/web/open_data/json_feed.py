"""Write a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from app.web.open_data.feed_model import FeedDocument, FeedItem

VERSION = 'https://jsonfeed.org/version/1.1'


def json_feed(document: FeedDocument) -> bytes:
    """Return the JSON document, in UTF-8. Haren's own members stand in `_haren`, as the format requires."""
    members: dict[str, Any] = {
        'version': VERSION,
        'title': document.title,
        'home_page_url': document.page,
        'feed_url': document.json,
        'icon': document.icon,
        'favicon': document.icon,
        'authors': [{'name': document.author, 'url': document.home}],
        'language': document.language,
        'items': [_item(item) for item in document.items],
    }
    return json.dumps(members, ensure_ascii=False).encode()


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
