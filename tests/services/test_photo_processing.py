"""Test the photo processor: a locked-down process for each photo, and never more of them than the machine can bear."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from app.domain.errors import Invalid, NotNow, TooLarge
from app.services import photo_worker
from app.services.photo_processing import AT_ONCE, LARGEST_PHOTO, WAITING, PhotoProcessor
from tests import sample_photos
from tests.sample_photos import heic, opened, photo, segments


def instead(program: str, patience: float = 10) -> PhotoProcessor:
    """Make a photo processor whose process runs this program."""
    return PhotoProcessor((sys.executable, '-I', '-c', program), patience)


async def refusal(sent: bytes, photo_processor: PhotoProcessor | None = None) -> str:
    """Return the error that somebody sees who sends this."""
    with pytest.raises((Invalid, NotNow)) as refused:
        await (photo_processor or PhotoProcessor()).process(sent)
    return str(refused.value)


async def test_every_kind_is_processed_in_a_process_that_can_open_nothing() -> None:
    photo_processor = PhotoProcessor()
    sent = (photo(orientation=6), heic(6), photo('PNG', 6), photo('WEBP', 6), photo() + photo())
    for made in await asyncio.gather(*map(photo_processor.process, sent)):
        assert set(segments(made)) == {0xE0, 0xDB, 0xC2, 0xC4}
        assert sample_photos.is_upright(opened(made))


async def test_the_same_photo_makes_the_same_file() -> None:
    photo_processor = PhotoProcessor()
    assert await photo_processor.process(photo()) == await photo_processor.process(bytearray(photo()))


@pytest.mark.parametrize(
    ('size', 'options'),
    [
        ((12_000, 9_008), {}),
        ((12_000, 9_008), {'progressive': True}),
        ((16_320, 12_240), {}),
        ((16_320, 12_240), {'progressive': True}),
        ((12_240, 16_320), {'subsampling': 1, 'optimize': True}),
    ],
    ids=['108', '108-progressive', '200', '200-progressive', '200-high'],
)
async def test_a_photo_of_a_large_sensor_fits_into_the_limits(size: tuple[int, int], options: dict[str, bool]) -> None:
    sent = sample_photos.huge_jpeg(*size, **options)
    assert 4 * 2**20 < len(sent) < LARGEST_PHOTO
    made = opened(await PhotoProcessor().process(sent))
    assert max(made.size) == photo_worker.LONGEST_SIDE
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert made.convert('L').resize((1, 1)).getpixel((0, 0)) == pytest.approx(128, abs=3)


async def test_more_pixels_than_fit_are_refused_by_what_the_file_says() -> None:
    for size, options in (((16_384, 16_384), {}), ((16_320, 12_240), {'progressive': True, 'subsampling': 0})):
        sent = sample_photos.huge_jpeg(*size, **options)
        assert 'more pixels than we can open' in await refusal(sent[:LARGEST_PHOTO])


async def test_a_photo_that_lost_its_end_on_the_way_is_taken() -> None:
    for kind in ('JPEG', 'PNG'):
        sent = sample_photos.written(sample_photos.landscape(), kind)
        made = opened(await PhotoProcessor().process(sent[:-200]))
        assert made.height > 300
        assert sample_photos.shows_upper_part(made)


async def test_each_refusal_has_a_sentence_of_its_own() -> None:
    messages: tuple[str, ...] = await asyncio.gather(
        refusal(b''),
        refusal(b'<svg/>'),
        refusal(photo() + sample_photos.archive()),
        refusal(sample_photos.flood(12_000)),
        refusal(photo()[:-300]),
        refusal(heic()[:-100]),
    )
    assert list(messages) == [
        'Choose a photo first.',
        'This is no picture that we can read. Send a JPEG, PNG, WebP or HEIC.',
        'Something else is hidden in this picture, so it was not kept. Choose another one.',
        'This picture has more pixels than we can open. Choose a smaller one.',
        'This picture is broken and can not be opened. Choose another one.',
        'This picture is broken and can not be opened. Choose another one.',
    ]


async def test_what_is_too_large_starts_no_process() -> None:
    photo_processor = PhotoProcessor(('/nowhere/at/all',))
    with pytest.raises(TooLarge, match='larger than 15 MB'):
        await photo_processor.process(photo() + bytes(LARGEST_PHOTO))


async def test_a_process_that_hangs_is_ended(tmp_path: Path) -> None:
    pid = tmp_path / 'pid'
    hangs = f'import os, time; open({str(pid)!r}, "w").write(str(os.getpid())); time.sleep(60)'
    began = time.monotonic()
    assert 'takes too much to open' in await refusal(photo(), instead(hangs, patience=0.5))
    assert time.monotonic() - began < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text(encoding='utf-8')), 0)


async def test_whoever_gives_up_leaves_no_process_behind(tmp_path: Path) -> None:
    pid = tmp_path / 'pid'
    waiting = asyncio.create_task(
        instead(f'import os, time; open({str(pid)!r}, "w").write(str(os.getpid())); time.sleep(60)').process(photo())
    )
    async with asyncio.timeout(5):
        while not (pid.exists() and pid.read_text(encoding='utf-8')):
            await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text(encoding='utf-8')), 0)


@pytest.mark.parametrize('signal', [9, 11, 24])
async def test_a_process_that_dies_is_a_refusal_and_no_fault(signal: int) -> None:
    assert 'takes too much to open' in await refusal(photo(), instead(f'import os; os.kill(os.getpid(), {signal})'))


@pytest.mark.parametrize(
    'photo_processor', [PhotoProcessor(('/nowhere/at/all',)), instead('import nothing_of_that_name')]
)
async def test_a_processor_that_does_not_work_blames_nobody(photo_processor: PhotoProcessor) -> None:
    with pytest.raises(NotNow, match='Photos can not be taken in right now'):
        await photo_processor.process(photo())


async def test_only_a_jpeg_is_believed() -> None:
    assert 'can not be taken in' in await refusal(photo(), instead('print("<script>")'))
    assert 'can not be taken in' in await refusal(photo(), instead('pass'))


async def test_many_at_once_wait_and_more_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[None] = []
    run = PhotoProcessor._run

    async def counted(*args: object) -> int:
        started.append(None)
        return await run(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(PhotoProcessor, '_run', counted)
    photo_processor = instead('import time; time.sleep(60)', patience=60)
    inside = [asyncio.create_task(photo_processor.process(photo())) for _ in range(AT_ONCE + WAITING)]
    async with asyncio.timeout(10):
        while len(started) < AT_ONCE or photo_processor._pending < AT_ONCE + WAITING:
            await asyncio.sleep(0.01)
    assert len(started) == AT_ONCE
    with pytest.raises(NotNow, match='Many photos are arriving'):
        await photo_processor.process(photo())
    for one in inside:
        one.cancel()
    await asyncio.gather(*inside, return_exceptions=True)
    assert photo_processor._pending == 0


TRIES = f"""
import os, resource, runpy, socket, sys
locked = runpy.run_path({photo_worker.__file__!r})
locked['limit_resources']()
locked['enter_sandbox']()
def tried(act):
    try:
        return act() or 'it could'
    except Exception as error:
        return type(error).__name__
found = [
    tried(lambda: open('/etc/passwd')),
    tried(socket.socket),
    tried(lambda: bytearray(locked['MEMORY'])),
    tried(lambda: os.pwrite(1, b'x', locked['LARGEST_OUTPUT'] + 1)),
    tried(lambda: os.unlink('/nowhere')),
    tried(lambda: os.rename('/nowhere', '/else')),
    tried(lambda: os.kill(os.getppid(), 0)),
    tried(os.fork),
    resource.getrlimit(resource.RLIMIT_CPU),
    resource.getrlimit(resource.RLIMIT_CORE),
    sorted(os.environ),
    os.getcwd(),
]
os.write(1, b'\\xff\\xd8\\xff' + repr(found).encode())
"""


async def test_the_process_is_locked_in_and_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('HAREN_SECRET', 'the mayor’s')
    found = (await instead(TRIES).process(photo()))[3:].decode()
    seconds = photo_worker.SECONDS
    tried = ['OSError', 'OSError', 'MemoryError', *['OSError'] * 5]
    assert found.startswith(f'{str(tried)[:-1]}, ({seconds}, {seconds}), (0, 0), [')
    assert 'SECRET' not in found
    assert 'PATH' not in found
    assert found.endswith("'/']")
