"""The kinds of documents that name photos. Whoever looks for photos in rows imports them, so that they are known."""

from __future__ import annotations

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.quarantine import HeldReport
from app.domain.reports import Report

PHOTO_KINDS: tuple[type[Document], ...] = (Case, Entry, HeldReport, Report)
