"""Test that only fields of photos name photos: text that looks like the name of one keeps none and misses none."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.document import Document
from app.domain.entry_content import Content, EntryKind
from app.domain.people import Role
from app.domain.photo_kinds import PHOTO_KINDS
from app.domain.replies import ReplyKind
from app.services.people import PersonDraft
from app.services.report_intake import IncomingReport
from app.services.spam_filter import Sender
from app.store.tinydb.store import TinyStore
from app.store.tools.backup import backup
from app.store.tools.repair import check
from tests.cast import Cast, send_report
from tests.sample_photos import photo

NOWHERE = 'sha256-' + '0123456789abcdef' * 4
TEXTS = [NOWHERE, f'Se /photos/{NOWHERE}', f'"photo":"{NOWHERE}"', f'{{"name":"{NOWHERE}"}}']


@pytest.mark.parametrize('text', TEXTS)
async def test_what_somebody_writes_is_no_photo(cast: Cast, tmp_path: Path, text: str) -> None:
    services = cast.services
    await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1', text)
    held = IncomingReport.read('a-phone-minted-this-2', cast.glass.code, 'full', text)
    await services.report_intake.receive(held, Sender('4:c00002', trap='x'))
    entry = Content(kind=EntryKind.LESSON, text=text, partners=(text[:100],))
    await services.entries.log(cast.leo, 'an-entry-by-leo-0000', entry)
    await services.entries.correct(
        cast.leo, 'an-entry-by-leo-0000', entry.model_copy(update={'text': 'Ny'}), reason=text
    )
    await services.replies.add(cast.fia, 'an-entry-by-leo-0000', 'a-reply-by-fia-00000', ReplyKind.ANSWER, text)
    await services.people.change(cast.alva, 'fia', PersonDraft(text[:100], Role.FIELD, 'collectors'))
    assert (await _store(cast)).photos.referenced() == set()
    assert check(tmp_path / 'store').is_sound
    assert backup(tmp_path / 'store', tmp_path / 'backup.tar').missing == ()


async def test_a_replaced_photo_goes_although_its_address_was_pasted(cast: Cast) -> None:
    services = cast.services
    await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    first = (await services.report_intake.add_photo('a-phone-minted-this-1', photo())).report.photo
    await services.entries.log(
        cast.leo,
        'an-entry-by-leo-0000',
        Content(kind=EntryKind.LESSON, text=f'Se https://haren.example/photos/{first}'),
    )
    second = (await services.report_intake.add_photo('a-phone-minted-this-1', photo(size=(40, 30)))).report.photo
    store = await _store(cast)
    assert first != second
    assert store.photos.referenced() == {second}


async def test_photos_of_every_kind_are_kept(cast: Cast, tmp_path: Path) -> None:
    services = cast.services
    await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    await services.report_intake.add_photo('a-phone-minted-this-1', photo())
    held = IncomingReport.read('a-phone-minted-this-2', cast.glass.code, 'full')
    await services.report_intake.receive(held, Sender('4:c00002', trap='x'))
    await services.report_intake.add_photo('a-phone-minted-this-2', photo(size=(40, 30)))
    await services.entries.log(cast.leo, 'an-entry-by-leo-0000', Content(kind=EntryKind.LESSON, text='Se bilden'))
    await services.entries.add_photo(cast.leo, 'an-entry-by-leo-0000', 1, photo(size=(50, 30)))
    assert len((await _store(cast)).photos.referenced()) == 3
    assert backup(tmp_path / 'store', tmp_path / 'backup.tar').photos == 3


def test_every_kind_that_keeps_photos_says_where() -> None:
    for kind in Document.kinds():
        if kind.__module__.startswith('app.'):
            fields = {name for name in ('photo', 'photos', 'report', 'outcome_photo') if name in kind.model_fields}
            named = {path.partition('.')[0] for path in kind.photo_fields}
            assert named == fields - ({'photos'} if 'photo' in fields else set()), kind
            assert not named or kind in PHOTO_KINDS


async def _store(cast: Cast) -> TinyStore:
    store = cast.services.context.store
    assert isinstance(store, TinyStore)
    return store
