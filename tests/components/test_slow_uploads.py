"""Test that the outbox gives a photo on a slow line all the time that it needs, and makes it smaller where it fails."""

from __future__ import annotations

from typing import Any

import pytest

from tests.node import run_module

UPLOAD = """
import { upload } from "haren/lib/upload.js";

class FakeRequest extends EventTarget {
  upload = new EventTarget();
  status = 200;
  responseText = '{"id": "x"}';
  open() {}
  setRequestHeader() {}
  getResponseHeader() { return null; }
  send() {
    const steps = given.pauses.length;
    const next = (step) => setTimeout(() => {
      if (this.isOver) return;
      if (step < steps - 1) this.upload.dispatchEvent(new Event("progress"));
      if (step < steps - 1) return next(step + 1);
      this.end("load");
    }, given.pauses[step]);
    next(0);
  }
  end(kind) {
    this.isOver = true;
    this.dispatchEvent(new Event(kind));
    this.dispatchEvent(new Event("loadend"));
  }
  abort() { this.end("abort"); }
}

globalThis.XMLHttpRequest = given.hasProgress ? FakeRequest : undefined;
globalThis.fetch = (url, { signal }) => new Promise((resolve, reject) => {
  const total = given.pauses.reduce((sum, pause) => sum + pause, 0);
  signal.addEventListener("abort", () => reject(new Error("aborted")));
  setTimeout(() => resolve(new Response('{"id": "x"}')), total);
});
result = await upload("/x", { method: "PUT", body: new Uint8Array(given.size) }, given.stall)
  .then(({ ok, text }) => ok && text, () => "cut");
"""


@pytest.mark.parametrize(
    ('has_progress', 'pauses', 'size', 'outcome'),
    [
        (True, [40] * 20, 0, '{"id": "x"}'),
        (True, [40, 40, 2_000], 0, 'cut'),
        (True, [2_000], 0, 'cut'),
        (False, [600], 500, '{"id": "x"}'),
        (False, [600], 0, 'cut'),
    ],
    ids=['moves', 'stalls', 'never begins', 'large enough for its time', 'too slow for its size'],
)
def test_an_upload_goes_on_for_as_long_as_it_moves(
    has_progress: bool, pauses: list[int], size: int, outcome: str
) -> None:
    given = {'hasProgress': has_progress, 'pauses': pauses, 'size': size, 'stall': 300}
    assert run_module(UPLOAD, given) == outcome


OUTBOX = """
import { deliverPhotos } from "haren/outbox/photos.js";

let clock = 0;
Date.now = () => clock;
const sent = [];
globalThis.fetch = async (url, { body }) => {
  sent.push([url, body.byteLength]);
  clock += given.takes;
  if (body.byteLength > given.passes) throw new Error("cut");
  const [, id, place] = url.match(/entries\\/(\\w+)\\/photos\\/(\\d)/);
  return new Response(JSON.stringify({ id, place: Number(place) }));
};
globalThis.createImageBitmap = async (blob) => {
  if (given.isUnreadable) throw new Error("no picture");
  const side = Math.round(Math.sqrt(blob.size));
  return { width: side, height: side, close() {} };
};
globalThis.OffscreenCanvas = class {
  constructor(width, height) { Object.assign(this, { width, height }); }
  getContext() { return { fillRect() {}, drawImage() {}, getImageData: () => ({ data: [0x1f, 0x5f, 0x4a, 255] }) }; }
  async convertToBlob({ type }) { return new Blob([new Uint8Array(this.width * this.height)], { type }); }
};

const record = { type: "image/jpeg", bytes: new ArrayBuffer(1600 * 1600) };
const photos = new Map([["abc/1", record]]);
const outbox = {
  photoRecord: async (key) => photos.get(key),
  replacePhoto: async (key, smaller) => photos.set(key, smaller),
  update: async () => {},
};
const item = { id: "abc", url: "/api/v1/entries", body: {}, language: "sv", photos: 1, answer: { id: "abc" } };
const outcomes = [];
while (outcomes.length < 6 && !outcomes.at(-1)?.answer) outcomes.push(await deliverPhotos(outbox, item));
result = { sent, arrived: Boolean(outcomes.at(-1).answer) };
"""

URL = '/api/v1/entries/abc/photos/1'
SIDES = [1600, 1120, 800, 560]


@pytest.mark.parametrize(
    ('takes', 'passes', 'unreadable', 'sides', 'arrived'),
    [
        (60_000, 700_000, False, [1600, 1120, 800], True),
        (60_000, 10, False, [*SIDES, 560, 560], False),
        (60_000, 10, True, [1600] * 6, False),
        (50, 10, False, [1600] * 6, False),
        (60_000, 10**7, False, [1600], True),
    ],
    ids=['arrives when it is smaller', 'never below a limit', 'unreadable', 'a network that is gone', 'slow but whole'],
)
def test_a_photo_that_failed_on_a_slow_line_is_sent_smaller(
    takes: int, passes: int, unreadable: bool, sides: list[int], arrived: bool
) -> None:
    told: Any = run_module(OUTBOX, {'takes': takes, 'passes': passes, 'isUnreadable': unreadable})
    assert told == {'sent': [[URL, side * side] for side in sides], 'arrived': arrived}
