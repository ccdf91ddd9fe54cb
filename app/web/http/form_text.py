"""Turn the bytes of forms and queries into text, whatever client sent them.

Browsers send UTF-8, percent-encoded. Programs send raw UTF-8 too, and old ones Latin-1.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from http import HTTPStatus
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote_plus, unquote_to_bytes

from fastapi import Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import ASGIApp, Receive, Scope, Send

Sent = dict[str, str]
"""The text fields of a form."""

URL_ENCODED = 'application/x-www-form-urlencoded'
"""The type of a form as browsers send it without files."""

MULTIPART = 'multipart/form-data'

MOST_FIELDS = 1_000

_UTF_8, _LATIN_1 = 'utf-8', 'cp1252'  # browsers and Windows say Latin-1 and mean Windows-1252
_ENCODINGS = {
    **dict.fromkeys(('utf-8', 'utf8'), _UTF_8),
    **dict.fromkeys(('iso-8859-1', 'iso8859-1', 'latin-1', 'latin1', 'windows-1252', 'cp1252'), _LATIN_1),
}
"""The encodings of forms by name. Python's own look-up would remember each name that a stranger makes up."""

_EXACT = 'latin-1'
"""The encoding in which each byte is the character with the same number."""


class FormType(NamedTuple):
    """The content type of a form: its media type, and the encoding that it names, or ''."""

    media_type: str
    charset: str = ''

    @classmethod
    def of(cls, request: Request) -> FormType:
        """Return the content type of a request."""
        media_type, *parameters = request.headers.get('content-type', '').split(';')
        named = (part.partition('=') for part in parameters)
        charset = next((value for name, _, value in named if name.strip().lower() == 'charset'), '')
        return cls(media_type.strip().lower(), _ENCODINGS.get(charset.strip(' "\'').lower(), ''))


class FormParser(MultiPartParser):
    """Reads a form with files. Its texts come out with one character for each byte: `text_fields` decodes them."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], **limits: int) -> None:
        media_type, *parameters = headers.get('content-type', '').split(';')
        kept = [part for part in parameters if part.partition('=')[0].strip().lower() != 'charset']
        exact = Headers({'content-type': ';'.join([media_type, *kept, f' charset={_EXACT}'])})
        super().__init__(exact, stream, **limits)


def decoded(raw: bytes, charset: str = '') -> str:
    """Return the text in these bytes. What can't be read becomes halves of surrogate pairs, which `readable` declines.

    Bytes that are not UTF-8 are Latin-1, unless they look like UTF-8 that was cut or damaged.
    """
    if raw.isascii():
        return raw.decode('ascii')
    for encoding in (charset or _UTF_8, _UTF_8, *(() if _is_broken_utf_8(raw) else (_LATIN_1,))):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(_UTF_8, 'surrogateescape')


def read_url_encoded(body: bytes, charset: str = '') -> Sent:
    """Return the fields of a URL-encoded form. Raise HTTPException if there are more than MOST_FIELDS."""
    if body.count(b'&') >= MOST_FIELDS:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    pairs = (pair.partition(b'=') for pair in body.split(b'&') if pair)
    return {_unquoted(name, charset): _unquoted(value, charset) for name, _, value in pairs}


async def read_multipart(request: Request, stream: AsyncGenerator[bytes, None]) -> Sent:
    """Return the text fields of a form with files. Raise HTTPException if it can't be read."""
    try:
        form = await FormParser(request.headers, stream).parse()
    except MultiPartException as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error
    try:
        return text_fields(form, FormType.of(request).charset)
    finally:
        await form.close()


def text_fields(form: FormData, charset: str = '') -> Sent:
    """Return the texts of a form that a FormParser has read."""
    texts = ((name, value) for name, value in form.items() if not isinstance(value, UploadFile))
    return {decoded(name.encode(_EXACT), charset): decoded(value.encode(_EXACT), charset) for name, value in texts}


def showable(sent: Sent) -> Sent:
    """Return the fields with a mark in place of what could not be read, so that a page can show them again."""
    return {name: text.encode(errors='replace').decode() for name, text in sent.items()}


class QueryText:
    """Hands queries on in percent-encoded UTF-8, so that all that reads them reads the same."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        query = scope.get('query_string', b'')
        if b'%' in query or not query.isascii():
            scope = {**scope, 'query_string': usual_query(query)}
        await self._app(scope, receive, send)


def usual_query(query: bytes) -> bytes:
    """Return the query in percent-encoded UTF-8. What can't be read stays as it is."""
    return b'&'.join(b'='.join(map(_usual, pair.split(b'=', 1))) for pair in query.split(b'&'))


def _usual(raw: bytes) -> bytes:
    text = _unquoted(raw, '')
    try:
        return raw if text.isascii() else quote_plus(text).encode()
    except UnicodeEncodeError:
        return raw


def _unquoted(raw: bytes, charset: str) -> str:
    return decoded(unquote_to_bytes(raw.replace(b'+', b' ')) if b'%' in raw or b'+' in raw else raw, charset)


def _is_broken_utf_8(raw: bytes) -> bool:
    """Return True if a byte that begins a character in UTF-8 is followed by one that continues it.

    Latin-1 has å, ä and ö next to letters, and hardly ever next to the signs that such bytes would be.
    """
    return any(one >= 0xC0 and 0x80 <= other < 0xC0 for one, other in pairwise(raw))
