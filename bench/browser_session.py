"""Sign in without a browser."""

from __future__ import annotations

import re

import httpx


def session_cookie(address: str, output: str) -> str:
    """Return the cookie of a browser that uses the invitation in the output of `invite`."""
    found = re.search(r'/join/\S+', output)
    assert found, output
    answer = httpx.post(address + found[0])
    assert answer.status_code == 303, answer.text
    return answer.headers['set-cookie'].partition(';')[0]
