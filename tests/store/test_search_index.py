"""Test the index of words on SQLite: whatever is typed, it answers, and it finds what has the words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.search_words import SearchQuery, spans_in, words_in
from app.domain.searching import Key, SearchKind, SearchText
from app.store.search_index import Access, IndexQuery, TookTooLong
from app.store.sqlite.search_index import SqliteSearchIndex

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

SYNTAX = (
    '"',
    '*',
    'AND',
    'OR',
    'NOT',
    'NEAR(',
    ')',
    '(',
    '{',
    '}:',
    'words:',
    '^',
    '+',
    '-',
    ',',
    "'",
    ';',
    '--',
    '\0',
)
WORDS = (
    'glas',
    'får',
    'far',
    'fa\u030ar',
    'Straße',
    'İ',
    'ﬁ',
    'école',
    'مَدرسة',
    '٢٠٢٦',
    'Їжак',
    'ก็',
    '𐐀',
    '🗑',
    '²',
    '§a',
)

TEXTS = st.lists(st.sampled_from((*SYNTAX, *WORDS)) | st.text(max_size=8), max_size=10).map(' '.join)


@pytest.fixture(scope='module')
def runner() -> Iterator[asyncio.Runner]:
    """Return an event loop for many examples."""
    with asyncio.Runner() as runner:
        yield runner


async def found(index: SqliteSearchIndex, query: SearchQuery, person: str = 'leo') -> list[str]:
    page = await index.find(IndexQuery(query.alternatives, Access(person), NOW), None, 100)
    return [key.id for key in page.keys]


def text_of(id: str, text: str) -> SearchText:
    return SearchText(Key(SearchKind.ENTRY, id), words_in(text), at=NOW)


@settings(max_examples=60)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), typed=TEXTS)
def test_it_finds_what_has_the_words(runner: asyncio.Runner, texts: list[str], typed: str) -> None:
    async def check() -> None:
        index = SqliteSearchIndex()
        try:
            await index.put([text_of(str(number), text) for number, text in enumerate(texts)])
            for words in (typed, *texts):
                try:
                    query = SearchQuery.read(words)
                except Invalid:
                    continue
                if query.words:
                    expected = [str(n) for n, text in enumerate(texts) if query.is_met_by(query.found_in(text))]
                    assert sorted(await found(index, query)) == expected
        finally:
            await index.close()

    runner.run(check())


@given(text=TEXTS)
def test_every_word_is_marked_where_it_stands(text: str) -> None:
    assert {span.word for span in spans_in(text)} - {''} == words_in(text)
    for span in spans_in(text):
        if span.word and len(span.word) < 100:
            pieces = SearchQuery.read(span.word).mark(text)
            assert ''.join(piece.text for piece in pieces) == text
            assert text[span.start : span.end] in [piece.text for piece in pieces if piece.is_match]


async def test_a_text_takes_the_place_of_the_one_before() -> None:
    index = SqliteSearchIndex()
    await index.put([text_of('a', 'glas'), text_of('b', 'glas papper')])
    await index.put([text_of('a', 'papper')])
    assert await found(index, SearchQuery.read('glas')) == ['b']
    assert sorted(await found(index, SearchQuery.read('papp'))) == ['a', 'b']
    await index.remove([Key(SearchKind.ENTRY, 'b'), Key(SearchKind.ENTRY, 'unknown')])
    assert await found(index, SearchQuery.read('papp')) == ['a']
    assert index.forgotten == 2
    await index.close()


async def test_texts_of_one_second_all_have_a_place() -> None:
    index = SqliteSearchIndex()
    await index.put([text_of(str(number), 'glas') for number in range(600)])
    page = await index.find(IndexQuery((('glas',),), Access('leo'), NOW), None, 1_000)
    assert (len(set(page.keys)), page.older) == (600, None)
    await index.close()


async def test_a_query_that_takes_too_long_is_stopped() -> None:
    index = SqliteSearchIndex(longest_query=-1)
    await index.put([text_of(str(number), 'glas') for number in range(2_000)])
    with pytest.raises(TookTooLong):
        await index.find(IndexQuery((('glas',),), Access('nobody'), NOW), None, 2_000)
    await index.put([text_of('more', 'papper')])  # only queries are stopped
    await index.close()
