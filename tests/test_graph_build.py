"""Building the graph of a state from the one before it."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from graph import build
from graph.errors import BaseChanged, StoreUnavailable
from ingest.records import AnyRecord
from sample_records import body, document, project
from test_graph_sample import BASE, PACT, PLAN, library, pact, plan


def fingerprints(folder: Path) -> dict[str, tuple[int, str]]:
    """Return time and content of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    }


def small(name: str, *titles: str) -> list[AnyRecord]:
    """Return a document with one project a title."""
    rows = [project(name, str(n), 5 + n, body("千歳市", "総務部"), title=title) for n, title in enumerate(titles, 1)]
    return [document(name), *rows]


def test_the_number_of_statements_is_that_of_the_store(tmp_path: Path) -> None:
    count = build.update(None, tmp_path / "one", library(), (), BASE)
    store = graph.open(tmp_path / "one")
    assert count == store.count() == build.about(tmp_path / "one").triples
    assert store.documents() == [PLAN, PACT]


def test_a_state_built_step_by_step_equals_one_built_at_once(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", {PLAN: plan()[:6], "old": small("old", "甲")}, (), BASE)
    build.update(tmp_path / "1", tmp_path / "2", {PACT: pact()}, ["old"], BASE)
    count = build.update(tmp_path / "2", tmp_path / "3", {PLAN: plan()}, (), BASE)
    assert count == build.update(None, tmp_path / "all", library(), (), BASE)
    one, other = graph.open(tmp_path / "3"), graph.open(tmp_path / "all")
    assert set(one.quads()) == set(other.quads())
    assert set(one.triples()) == set(other.triples())


def test_neither_reading_nor_building_on_it_changes_a_file_of_a_state(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", library(), (), BASE)
    before = fingerprints(tmp_path / "1")
    store = graph.open(tmp_path / "1")
    assert store.select("SELECT ?p WHERE { ?p a rk:Measure }")
    build.update(tmp_path / "1", tmp_path / "2", {"new": small("new", "甲")}, [PACT], BASE)
    store.close()
    assert fingerprints(tmp_path / "1") == before
    assert graph.open(tmp_path / "1").documents() == [PLAN, PACT]
    assert graph.open(tmp_path / "2").documents() == [PLAN, "new"]


def test_a_new_state_shares_the_files_of_what_did_not_change(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", library(), (), BASE)
    build.update(tmp_path / "1", tmp_path / "2", {"new": small("new", "甲")}, (), BASE)
    old = {path.stat().st_ino for path in (tmp_path / "1" / "store").glob("*.sst")}
    assert old & {path.stat().st_ino for path in (tmp_path / "2" / "store").glob("*.sst")}


def test_a_finished_state_has_no_logs_locks_or_working_folders(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", library(), (), BASE)
    names = {path.name for path in (tmp_path / "1").rglob("*")}
    assert not {name for name in names if name.startswith((".", "LOG", "LOCK"))}
    assert {"store", "graph.json"} <= names


def test_an_empty_library_has_an_empty_graph(tmp_path: Path) -> None:
    assert build.update(None, tmp_path / "1", {}, (), BASE) == 0
    assert graph.open(tmp_path / "1").documents() == []


def test_another_base_address_needs_a_new_build(tmp_path: Path) -> None:
    build.update(None, tmp_path / "1", {}, (), BASE)
    with pytest.raises(BaseChanged, match="build it anew"):
        build.update(tmp_path / "1", tmp_path / "2", {}, (), "https://example.jp")


def test_a_folder_without_a_graph_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        build.about(tmp_path)
    with pytest.raises(StoreUnavailable):
        graph.open(tmp_path)


steps = st.lists(
    st.tuples(st.sampled_from("abc"), st.lists(st.sampled_from(["甲", "乙", "丙"]), max_size=3)), min_size=1, max_size=4
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_order_of_changes_leads_to_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, list[str]]]
) -> None:
    home, before = tmp_path_factory.mktemp("states"), None
    expected: dict[str, list[AnyRecord]] = {}
    for number, (name, titles) in enumerate(changes):
        target = home / str(number)
        changed = {name: small(name, *titles)} if titles else {}
        gone = [name] if not titles and name in expected else []
        count = build.update(before, target, changed, gone, BASE)
        expected = {key: records for key, records in (expected | changed).items() if key not in gone}
        before = target
    assert before is not None
    assert count == build.update(None, home / "all", expected, (), BASE)
    assert set(graph.open(before).quads()) == set(graph.open(home / "all").quads())
