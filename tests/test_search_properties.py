"""What holds for every text, every query and every value of a facet, whichever engine keeps the index."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import search
from search.build import update
from search.folding import fold_text
from search.index import Index
from search.indexes import INDEXES
from search.model import FACETS, SORTS, Page, SearchDocument
from search.query import parse
from test_search_samples import ask, entries, index

__all__ = ["index"]

LETTERS = "㍿㍍㌔ｶﾞﾊﾟﾌﾟﾗ①Ⅲ㎡々ヶ髙﨑令和観光消防の共同整備をする１２ABcｄ"
MARKS = LETTERS + "・（）、。\t\n 　-"
QUERIES = (
    "", "航空写真", "広報", "お年寄り", "部署:広報課", "連携 OR 相互", "航空写新", "こうほう", "waste", "蛍 広報誌",
    "隣の市の図書館に広報誌を並べているのはどこですか", "7", "写", "相互 -ポスター", "連携*", '"広報誌"', "共同倉庫",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Index]]:
    """The samples in the hands of every engine."""
    home: Path = tmp_path_factory.mktemp("engines")
    for engine in INDEXES:
        update(None, home / engine, entries(), engine=engine)
    opened = [search.open_index(f"{engine}:{home / engine}") for engine in INDEXES]
    yield opened
    for one in opened:
        one.close()


def same(pages: list[Page]) -> bool:
    """Tell whether pages are equal but for the time that they took."""
    return all(replace(page, took_ms=0.0) == replace(pages[0], took_ms=0.0) for page in pages)


@pytest.mark.parametrize("typed", QUERIES)
@pytest.mark.parametrize("sort", SORTS)
def test_engines_give_the_same_page(both: list[Index], typed: str, sort: str) -> None:
    assert same([ask(one, typed, sort=sort, limit=100) for one in both])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.sampled_from('観光広報誌航空写真高齢者の連携 -OR"*「」kouho7②市町村'), max_size=16))
def test_engines_give_the_same_page_whatever_is_typed(both: list[Index], typed: str) -> None:
    assert same([one.search(parse(typed, limit=50)) for one in both])
    assert all(one.suggest(typed) == both[0].suggest(typed) for one in both)


@pytest.mark.parametrize("typed", QUERIES)
@pytest.mark.parametrize("chosen", [(), (("type", "project"),), (("kind", "plan"), ("year", "2024"))])
def test_every_count_of_every_facet_is_what_choosing_the_value_gives(
    index: Index, typed: str, chosen: tuple[tuple[str, str], ...]
) -> None:
    page = ask(index, typed, *chosen)
    assert {facet.name for facet in page.facets} <= set(FACETS)
    for facet in page.facets:
        for value in facet.values:
            query = page.query if value.selected else page.query.narrowed(facet.name, value.value)
            assert index.search(query).total == value.count, (typed, facet.name, value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.sampled_from(LETTERS), min_size=2, max_size=24),
    overview=st.text(st.sampled_from(MARKS), max_size=60),
    start=st.integers(0, 20),
    length=st.integers(2, 6),
)
def test_what_is_marked_is_the_source_and_every_piece_of_a_title_is_found(
    tmp_path_factory: pytest.TempPathFactory, title: str, overview: str, start: int, length: int
) -> None:
    start %= len(title) - 1
    piece = title[start : start + length]
    assume(len(fold_text(piece)) > 1)
    assume(fold_text(piece) in fold_text(title))  # not half of a kana whose voicing mark stands by itself
    entry = SearchDocument(
        id="d/1", type="project", document="d", title=title, url="/", texts={"overview": overview},
        facets={"type": (("project", "取組"),)},
    )  # fmt: skip
    path = tmp_path_factory.mktemp("marks") / "index"
    update(None, path, {"d": [entry]})
    opened = search.open_index(path)
    page = opened.search(parse(piece))
    opened.close()
    assert page.total == 1, (title, piece)
    (hit,) = page.hits
    assert hit.heading.text == title
    assert hit.snippet.text in {"title": title, "overview": overview}[hit.snippet.field]
    assert any(marked for _, marked in hit.heading.spans), (title, piece)


def test_numbers_are_sorted_as_numbers_and_branches_after_each_other(index: Index) -> None:
    hits = [hit for hit in ask(index, "", ("type", "project"), sort="number", limit=100).hits if hit.number]
    keys = [(int(hit.number or 0), hit.branch or "") for hit in hits]
    assert keys == sorted(keys)
    assert {(7, "①"), (7, "②"), (9, ""), (10, "")} <= set(keys)


def test_titles_are_sorted_by_their_readings(index: Index) -> None:
    titles = [hit.title for hit in ask(index, "", ("type", "project"), sort="reading", limit=100).hits]
    places = [
        titles.index(next(t for t in titles if t.startswith(begin))) for begin in ("航空写真", "高齢者", "有害鳥獣")
    ]
    assert places == sorted(places)  # こうくう < こうれい < ゆうがい


def test_budgets_are_sorted_from_the_largest_and_blanks_come_last(index: Index) -> None:
    budgets = {entry.id: entry.budget for listed in entries().values() for entry in listed}
    sums = [budgets[hit.id] for hit in ask(index, "", ("type", "project"), sort="budget", limit=100).hits]
    assert all(b is None or (a is not None and a >= b) for a, b in pairwise(sums))


def test_an_area_counts_all_below_it_at_each_of_its_levels(index: Index) -> None:
    page = ask(index, "", ("type", "project"))
    counts = {v.value: v.count for facet in page.facets if facet.name == "area" for v in facet.values}
    for value, count in counts.items():
        below = [
            n
            for other, n in counts.items()
            if other.startswith(f"{value}/") and other.count("/") == value.count("/") + 1
        ]
        assert count >= max(below, default=0)
    assert max(value.count("/") for value in counts) >= 1
