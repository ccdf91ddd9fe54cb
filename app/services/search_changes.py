"""Collect from each saved batch which documents have to be indexed again."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.case_notes import CaseNote
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.obstacles import Obstacle
from app.domain.people import Person, Team
from app.domain.replies import Reply
from app.domain.reports import Report
from app.domain.sites import Asset, Site, Sticker
from app.services.search_parts import Found

Place = tuple[type[Found], str]
"""The kind and id of a document that is found."""

ERASED: dict[type[Document], str] = {Entry: 'kind', Reply: 'author_id', CaseNote: 'author_id', Person: 'role'}
"""The kinds of documents that can be erased and have words, each with a field to count them by."""


class SearchChanges:
    """The documents that have changed and are not indexed yet."""

    def __init__(self) -> None:
        self.has_erasure = self.has_renaming = False
        self.expected = 0
        self._documents: dict[Place, None] = {}
        self._names: dict[tuple[type[Document], str], str] = {}

    def __bool__(self) -> bool:
        return bool(self._documents) or self.has_erasure or self.has_renaming

    def begin(self, count: int) -> None:
        """Begin to read all documents: `count` of those that can be erased are there."""
        self.has_erasure = self.has_renaming = False
        self.expected = count

    def take(self) -> list[Place]:
        """Return the documents that have changed, and forget them."""
        taken, self._documents = list(self._documents), {}
        return taken

    def learn(self, document: Document) -> None:
        """Learn the name that other documents may be found by."""
        if name := _name(document):
            self._names[type(document), document.id] = name

    def note(self, batch: Sequence[Document]) -> None:
        """Note a saved batch. An empty one means that something was erased, and the store does not say what."""
        self.has_erasure |= not batch
        is_plain = any(isinstance(document, Report) and not _has_words(document) for document in batch)
        for document in batch:
            self.expected += type(document) in ERASED and document.revision == 0
            self._note_name(document)
            # Further reports without a word come by the thousand, and change no words of their case.
            if not (is_plain and isinstance(document, Case) and document.revision):
                self._documents |= dict.fromkeys(_changed_by(document))

    def _note_name(self, document: Document) -> None:
        known = self._names.get((type(document), document.id))
        self.has_renaming |= known not in (None, _name(document))
        self.learn(document)


def _name(document: Document) -> str:
    """Return the words of a document by which others are found, or ''."""
    match document:
        case Site(name=name) | Person(name=name):
            return name
        case Asset(name=name, code=code):
            return f'{name} {code}'
        case Team(name=name, organisation=organisation):
            return f'{name} {organisation}'
    return ''


def _changed_by(document: Document) -> list[Place]:
    """Return the found documents whose words this one changes."""
    match document:
        case Entry() | Case() | Site() | Asset() | Person():
            return [(type(document), document.id)]
        case Obstacle(id=id):
            return [(Entry, id)]
        case Reply(entry_id=id):
            return [(Entry, id)]
        case CaseNote(case_id=id):
            return [(Case, id)]
        case Report(case_id=id) if id and _has_words(document):
            return [(Case, id)]
        case Sticker(asset_id=str(id)):
            return [(Asset, id)]
    return []


def _has_words(report: Report) -> bool:
    """Return True if it has words, or may have had some that its sender has taken back."""
    return bool(report.note or report.withdrawn_at)
