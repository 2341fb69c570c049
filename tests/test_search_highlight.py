"""Marks are the source's own characters, whatever was typed to find them."""

from itertools import pairwise

import pytest

from search.folding import fold_text
from search.highlight import WIDTH
from search.index import Index
from search.model import Hit, Snippet
from test_search_samples import ask, entries, ids, index

__all__ = ["index"]

TEXTS = {entry.id: entry for documents in entries().values() for entry in documents}
QUESTIONS = (
    "航空写真",
    "ラピダス",
    "株式会社",
    "広報",
    "かぶしきがいしゃ",
    "お年寄り",
    "空写",
    "取り組み",
    "こうほう",
    "0123",
    "観光*",
    "「隣の市」",
    "ごみ",
)


def marked(snippet: Snippet) -> list[str]:
    return [text for text, mark in snippet.spans if mark]


def hit_of(index: Index, asked: str, entry: str) -> Hit:
    return next(hit for hit in ask(index, asked, limit=100).hits if hit.id == entry)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_snippet_is_a_piece_of_the_source(index: Index, asked: str) -> None:
    for hit in ask(index, asked, limit=100).hits:
        assert hit.snippet.text in TEXTS[hit.id].text_of(hit.snippet.field) or hit.snippet.text == hit.title
        assert hit.heading.text == hit.title
        assert all(text for text, _ in hit.snippet.spans)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_hit_of_words_shows_what_was_found(index: Index, asked: str) -> None:
    hits = ask(index, asked, limit=100).hits
    assert hits
    for hit in hits:
        assert hit.matched
        assert marked(hit.snippet) or marked(hit.heading)


@pytest.mark.parametrize(
    ("asked", "mark"), [("ラピダス", "ﾗﾋﾟﾀﾞｽ"), ("株式会社", "㍿"), ("取り組み", "取組"), ("らぴだす", "ﾗﾋﾟﾀﾞｽ")]
)
def test_marks_keep_the_spelling_of_the_source(index: Index, asked: str, mark: str) -> None:
    assert any(mark in hit.matched for hit in ask(index, asked, limit=100).hits)


def test_a_piece_of_a_name_is_marked_to_the_character(index: Index) -> None:
    assert marked(hit_of(index, "空写", "plan/10").heading) == ["空写"]


def test_a_compound_is_marked_as_one(index: Index) -> None:
    assert marked(hit_of(index, "航空写真", "plan/10").heading) == ["航空写真"]


def test_a_reading_marks_the_word_that_is_read_so(index: Index) -> None:
    assert marked(hit_of(index, "こうほうし", "plan/7-1").heading) == ["広報誌"]


def test_words_as_typed_are_marked_rather_than_synonyms(index: Index) -> None:
    assert set(hit_of(index, "広報誌", "plan/7-1").matched) == {"広報誌"}


def test_full_width_digits_are_found_and_marked_as_printed(index: Index) -> None:
    hit = hit_of(index, "0123", "letter/line-4")
    assert marked(hit.snippet) == ["０１２３"]


def test_marks_do_not_overlap_and_spans_alternate(index: Index) -> None:
    for hit in ask(index, "広報誌 OR 広報 OR 報誌", limit=100).hits:
        flags = [mark for _, mark in hit.snippet.spans]
        assert all(a or b for a, b in pairwise(flags))


def test_a_long_text_is_cut_round_its_marks(index: Index) -> None:
    for hit in ask(index, "", limit=100).hits:
        assert len(hit.snippet.text) <= WIDTH
    assert not hit_of(index, "㍿", "plan/10").snippet.cut_after
    assert ids(ask(index, "㍿")) == ["plan/10"]


def test_without_words_nothing_is_marked(index: Index) -> None:
    for hit in ask(index, "", limit=100).hits:
        assert not marked(hit.snippet)
        assert not hit.matched


def test_marks_fold_to_what_was_asked(index: Index) -> None:
    for hit in ask(index, "広報", limit=100).hits:
        if hit.score > 1:
            assert {fold_text(word) for word in hit.matched} == {"広報"}
