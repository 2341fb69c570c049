"""What a state keeps ready for questions about relations gives the answers that reading its store gives."""

from pathlib import Path

import pytest

from graph import build, network
from graph.centrality import bridges, central, communities
from graph.columns import open_columns, write_columns
from graph.cooperation import cooperation
from graph.coverage import coverage
from graph.ego import ego
from graph.prepared import FILE, prepared
from graph.relations import counterparts, shared_projects
from graph.shared import everything_shared
from graph.stores import Store
from graph.tables import table
from ingest.library import State
from test_graph_sample import BASE, PACT, PLAN, library

MINE, THEIRS = "千歳市産業振興部商業労働課", "恵庭市経済部商工労働課"


def read(folder: Path) -> Store:
    """Open a graph as if nothing were kept ready."""
    store = build.open_state(folder)
    store.memo.clear()
    assert prepared(store) is None
    return store


def answers(store: Store) -> list[object]:
    pair = shared_projects(store)[0]
    return [
        cooperation(store),
        shared_projects(store),
        shared_projects(store, between=(pair.a, pair.b)),
        counterparts(store, pair.a),
        network.path(store, pair.a.id, pair.b.id, 5, without=()),
        network.path(store, pair.a.id, pair.b.id, 5),
        ego(store, pair.a.id, 2),
        ego(store, pair.b.id, 2, without=("municipality",)),
        everything_shared(store, pair.a.id, pair.b.id),
        coverage(store),
        central(store),
        bridges(store),
        communities(store),
        table(store, "links"),
    ]


def test_what_is_ready_answers_as_reading_does(sample_state: State) -> None:
    kept, store = build.open_state(sample_state.graph), read(sample_state.graph)
    assert prepared(kept) is not None
    assert answers(kept) == answers(store)
    assert list(network.network(kept).links()) == list(network.network(store).links())


def test_a_question_of_what_is_ready_asks_the_store_nothing(
    sample_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = build.open_state(sample_state.graph)
    monkeypatch.setattr(store, "select", None)
    assert network.path(store, MINE, THEIRS)
    assert shared_projects(store, between=(MINE, THEIRS))
    assert ego(store, MINE, 2).total > 1
    assert central(store)
    assert communities(store)
    assert bridges(store).units


def test_what_a_file_of_an_earlier_version_does_not_have_is_worked_out(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", library(), [], BASE)
    path = tmp_path / "1" / FILE
    columns = open_columns(path)
    assert columns is not None
    later = {"central", "bridges", "communities"}
    assert later <= columns.keys()
    write_columns(path, {name: column for name, column in columns.items() if name not in later})
    store = build.open_state(tmp_path / "1")
    assert prepared(store) is not None
    assert answers(store) == answers(read(tmp_path / "1"))


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed", "other"])
def test_a_file_that_is_damaged_is_not_used(tmp_path: Path, damage: str) -> None:
    build.update(None, tmp_path / "1", library(), [], BASE)
    path = tmp_path / "1" / FILE
    whole = path.read_bytes()
    spoilt = {
        "empty": b"",
        "cut": whole[:-9],
        "changed": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        "other": b"another form" + whole,
    }
    path.unlink() if damage == "missing" else path.write_bytes(spoilt[damage])
    assert open_columns(path) is None
    store = build.open_state(tmp_path / "1")
    assert answers(store) == answers(read(tmp_path / "1"))


def test_it_follows_what_comes_and_goes(tmp_path: Path) -> None:
    records = library()
    build.update(None, tmp_path / "1", {PLAN: records[PLAN]}, [], BASE)
    build.update(tmp_path / "1", tmp_path / "2", {PACT: records[PACT]}, [], BASE)
    build.update(tmp_path / "2", tmp_path / "3", {}, [PACT], BASE)
    for folder in ("2", "3"):
        kept = network.network(build.open_state(tmp_path / folder))
        assert list(kept.links()) == list(network.network(read(tmp_path / folder)).links())
    first = build.open_state(tmp_path / "1")
    assert answers(build.open_state(tmp_path / "3")) == answers(first)


def test_a_store_that_changes_forgets_what_was_ready(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", library(), [], BASE)
    store = build.open_state(tmp_path / "1")
    assert prepared(store) is not None
    store.memo.clear()  # as every change of a store's content does
    assert prepared(store) is None
