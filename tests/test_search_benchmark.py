"""The benchmark of the search: both sides answer the same queries over the same entries."""

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import plain
from benchmarks.plain import Library
from benchmarks.search import HEAD, SIDES, library, queries, shown, side
from search.build import update
from search.index import Index


@pytest.fixture(scope="module")
def made() -> Library:
    return library(60, seed=3)


def test_a_larger_library_begins_with_the_smaller_one(made: Library) -> None:
    larger = library(90, seed=3)
    assert list(larger)[: len(made)] == list(made)
    assert all(larger[name] == made[name] for name in made)


def test_queries_are_the_same_each_time() -> None:
    assert list(queries(5)) == list(queries(5))
    assert list(queries(5)) != list(queries(6))


@pytest.mark.parametrize("name", sorted(plain.SIDES))
def test_what_a_plain_engine_matches_the_search_finds_too(name: str, made: Library, tmp_path: Path) -> None:
    update(None, tmp_path / "ours", made)
    (tmp_path / "plain").mkdir()
    plain.SIDES[name].build(tmp_path / "plain", made)
    with closing(plain.SIDES[name](tmp_path / "plain")) as other, closing(Index.open(tmp_path / "ours")) as ours:
        counts = [(other.query(asked), other.answer(asked), ours.total(asked)) for asked in queries(3)]
    assert all(query == answer <= widened for query, answer, widened in counts)
    assert sum(query > 0 for query, _, _ in counts) > len(counts) / 4


@pytest.mark.parametrize("name", SIDES)
def test_each_side_is_measured(name: str, made: Library, tmp_path: Path) -> None:
    row = side(name, made, list(queries(1))[:4], tmp_path)
    assert row.side == name
    assert shown(row).count("|") == HEAD.splitlines()[0].count("|")
    assert min(*row.query, *row.answer, row.indexing, row.disk) > 0
