"""Answers kept beside a graph are those that its store gives, whatever documents came and went."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from graph import build
from graph.kept import kept_rows, questions
from graph.queries import query
from graph.stores import Row, Store
from ingest.library import State
from test_graph_sample import BASE, PACT, PLAN, library


def counted(rows: Iterable[Row]) -> Counter[tuple[tuple[str, type, object], ...]]:
    return Counter(tuple((name, type(value), value) for name, value in row.items()) for row in rows)


def asked(store: Store, text: str) -> list[Row]:
    """Return what the store itself answers."""
    store.answers = lambda _: None  # type: ignore[attr-defined]
    return store.select(text)


def agree(folder: Path) -> int:
    """Compare every kept answer with the store's; return how many rows there are."""
    store = build.open_state(folder)
    total = 0
    for text in questions():
        kept = kept_rows(folder / "answers", text)
        assert kept is not None
        assert counted(kept) == counted(asked(store, text)), text
        total += len(kept)
    store.close()
    return total


def test_kept_answers_are_those_of_the_store(sample_state: State) -> None:
    assert agree(sample_state.graph) > 500


def test_they_stay_so_when_documents_are_added_replaced_and_taken_out(tmp_path: Path) -> None:
    records = library()
    build.update(None, tmp_path / "1", {PLAN: records[PLAN]}, [], BASE)
    build.update(tmp_path / "1", tmp_path / "2", {PACT: records[PACT]}, [], BASE)
    whole = agree(tmp_path / "2")
    build.update(tmp_path / "2", tmp_path / "3", {PLAN: records[PLAN][:3]}, [], BASE)
    assert agree(tmp_path / "3") < whole
    build.update(tmp_path / "3", tmp_path / "4", {}, [PLAN], BASE)
    assert 0 < agree(tmp_path / "4") < whole


def test_questions_are_answered_from_them(sample_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of cooperation asks the store for nothing but what people judged, which is of no document."""
    from graph.cooperation import cooperation  # noqa: PLC0415

    store = build.open_state(sample_state.graph)
    store.memo.clear()  # what is ready would answer without them
    asked, query_of = [], store.query
    monkeypatch.setattr(store, "query", lambda text, *more: asked.append(text) or query_of(text, *more))
    assert len(cooperation(store).projects) > 50
    assert asked == [query("same_bodies")]
    store.close()


def test_a_query_that_is_not_kept_is_asked_of_the_store(sample_state: State) -> None:
    store = build.open_state(sample_state.graph)
    assert kept_rows(sample_state.graph / "answers", "SELECT * { ?s ?p ?o }") is None
    assert len(store.select("SELECT ?s { ?s ?p ?o } LIMIT 3")) == 3
    store.close()


def test_what_the_state_before_did_not_keep_is_asked_of_the_store(tmp_path: Path) -> None:
    """An answer that holds some documents only would look whole."""
    records = library()
    build.update(None, tmp_path / "1", {PLAN: records[PLAN]}, [], BASE)
    for path in (tmp_path / "1" / "answers").iterdir():
        path.unlink()
    build.update(tmp_path / "1", tmp_path / "2", {PACT: records[PACT]}, [], BASE)
    assert all(kept_rows(tmp_path / "2" / "answers", text) is None for text in questions())
