"""Read from the store the words by which a document is found: its own, and those of documents that belong to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

from app.domain.case_notes import CaseNote
from app.domain.cases import Case
from app.domain.catalogue import Label
from app.domain.entries import Entry
from app.domain.obstacle_step_authors import step_authors
from app.domain.obstacles import Obstacle
from app.domain.people import Person
from app.domain.personal_numbers import mask_numbers
from app.domain.replies import MOST_REPLIES, Reply
from app.domain.reports import Report
from app.domain.sites import Asset, Site, Sticker
from app.services.context import Context
from app.services.pagination import all_pages

MOST_REPORTS = 500
"""The newest reports of a case that are searched."""

MOST_NOTES = 200
"""The newest notes of staff about a case that are searched."""

AT_ONCE = 50
"""Documents that are read before other tasks get their turn. Reading them takes a millisecond or two."""

Found = Entry | Case | Site | Asset | Person
"""What is found. Other documents add their words to one of these."""


class Part(NamedTuple):
    """Some words of a document. Those that somebody wrote can be quoted; `by` is that person, if it is known."""

    text: str
    is_quotable: bool = False
    by: str | None = None

    @property
    def searched(self) -> str:
        """The text as it is searched: nobody can look for personal identity numbers."""
        return mask_numbers(self.text) if self.is_quotable else self.text


class SearchParts:
    """The words of documents, part by part. What is likelier to be found comes first."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def of(self, document: Found) -> AsyncIterator[Part]:
        """Yield the words of a document. Some parts are empty."""
        match document:
            case Entry():
                return self._of_entry(document)
            case Case():
                return self._of_case(document)
            case Site():
                return self._of_site(document)
            case Asset():
                return self._of_asset(document)
            case Person():
                return self._of_person(document)

    async def _of_entry(self, entry: Entry) -> AsyncIterator[Part]:
        for text in (entry.text, entry.hits, entry.tried, *entry.partners):
            yield Part(text, True, entry.author_id)
        catalogue = self._context.base_catalogue
        yield _labels(root.label for root in catalogue.roots if root.id in entry.roots)
        if kind := self._context.obstacle_kind(entry.obstacle_kind):
            yield _labels([kind.label])
        if site := await self._site(entry.site_id):
            yield Part(site.name)
        # Nothing says who wrote what stands under a team's name: its author_id is None.
        if entry.author_id and (author := await self._store.get(Person, entry.author_id)):
            yield Part(author.name)
        for part in await self._about_entry(entry):
            yield part

    async def _about_entry(self, entry: Entry) -> list[Part]:
        obstacle = await self._store.get(Obstacle, entry.id)
        steps = zip(obstacle.steps, step_authors(obstacle.steps), strict=True) if obstacle else ()
        parts = [Part(text, True, by) for step, by in steps for text in (step.words, step.to)]
        replies = (await self._store.find(Reply, limit=MOST_REPLIES, answers=entry.id)).documents
        return parts + [Part(reply.text, True, reply.author_id) for reply in replies]

    async def _of_case(self, case: Case) -> AsyncIterator[Part]:
        problem = self._context.base_catalogue.problem(case.problem)
        yield Part(case.number)
        yield _labels([problem.state, problem.button])
        if asset := await self._store.get(Asset, case.asset_id):
            yield Part(f'{asset.name} {asset.code}')
        if site := await self._site(case.site_id):
            yield Part(site.name)
        yield Part(case.outcome_words, True, case.closed_by)
        if case.pause:
            yield Part(case.pause.words, True, case.pause.by)
        for note in (await self._store.find(CaseNote, limit=MOST_NOTES, case_id=case.id)).documents:
            yield Part(note.text, True, note.author_id)
        read = 0
        async for reports in all_pages(self._store, Report, AT_ONCE, case_id=case.id):
            for report in reports:
                yield Part(report.note, True)
            read += len(reports)
            if read >= MOST_REPORTS:
                return

    async def _of_site(self, site: Site) -> AsyncIterator[Part]:
        yield Part(f'{site.name} {site.code}')

    async def _of_asset(self, asset: Asset) -> AsyncIterator[Part]:
        yield Part(asset.name)
        yield _labels([self._context.base_catalogue.asset_kind(asset.kind).label])
        if site := await self._site(asset.site_id):
            yield Part(site.name)
        stickers = (await self._store.find(Sticker, asset_id=asset.id)).documents
        yield Part(' '.join((asset.code, *(sticker.id for sticker in stickers))))

    async def _of_person(self, person: Person) -> AsyncIterator[Part]:
        yield Part(person.name)
        if team := await self._context.team(person.team_id):
            yield Part(f'{team.name} {team.organisation}')

    async def _site(self, site_id: str | None) -> Site | None:
        return await self._store.get(Site, site_id) if site_id else None


def _labels(labels: Iterable[Label]) -> Part:
    """Return words of the catalogue in the languages of the staff."""
    return Part(' '.join(words for label in labels for words in (label.sv, label.en)))
