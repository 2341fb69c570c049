"""The benchmark of the search: both sides answer the same queries over the same entries."""

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.search import Fts, Library, library, queries, run
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


def test_what_fts5_matches_the_search_finds_too(made: Library, tmp_path: Path) -> None:
    update(None, tmp_path / "ours", made)
    with closing(Fts(tmp_path / "fts.db", made)) as fts, closing(Index.open(tmp_path / "ours")) as ours:
        counts = [(fts.query(asked), ours.total(asked)) for asked in queries(3)]
    assert all(plain <= widened for plain, widened in counts)
    assert sum(plain > 0 for plain, _ in counts) > len(counts) / 4


def test_a_run_prints_a_row_for_each_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(30, 1, tmp_path)
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed if line.startswith(("ours", "FTS5"))] == ["ours", "FTS5"]
