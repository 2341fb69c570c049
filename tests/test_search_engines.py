"""Every engine keeps terms and places, and makes the next state out of the last without touching it."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.errors import UnknownEngine
from search.indexes import INDEXES, SLOT_BITS, TERM_FIELDS, Engine, EngineModule, engine_module

Entry = Mapping[str, Mapping[str, list[int]]]


@pytest.fixture(params=sorted(INDEXES))
def module(request: pytest.FixtureRequest) -> EngineModule:
    return engine_module(request.param)


def documents(names: str, size: int = 2) -> list[tuple[str, int, Entry]]:
    return [(name, n, {"words": {"川": [1, 5], name: [n]}}) for name in names for n in range(size)]


def held(engine: Engine, field: str, term: str) -> dict[tuple[str, int], list[int]]:
    """Return the places of a term by entry, those taken out left out."""
    out: dict[tuple[str, int], list[int]] = {}
    slots = engine.slots()
    for place in engine.places(field, term).tolist():
        entry = slots[place >> SLOT_BITS]
        if entry is not None:
            out.setdefault(entry, []).append(place & (1 << SLOT_BITS) - 1)
    return out


def content(path: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p.relative_to(path)): (p.stat().st_mtime_ns, p.read_bytes()) for p in path.rglob("*") if p.is_file()}


def test_an_unknown_engine_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownEngine, match="whoosh"):
        engine_module("grep")


def test_places_are_those_that_were_put_in(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("ab"), [])
    engine = module.open_engine(tmp_path / "a")
    assert held(engine, "words", "川") == {(name, n): [1, 5] for name in "ab" for n in range(2)}
    assert held(engine, "words", "海") == {}
    assert held(engine, "readings", "川") == {}
    engine.close()


def test_places_ascend(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("abc", 300), [])
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("d"), ["b"])
    places = module.open_engine(tmp_path / "b").places("words", "川")
    assert (np.diff(places) > 0).all()


def test_terms_are_listed_by_how_they_begin(module: EngineModule, tmp_path: Path) -> None:
    entry: Entry = {"words": {"観光": [1], "観光客": [2], "観測": [3]}, "readings": {"観光": [1]}}
    module.update_engine(None, tmp_path / "a", [("a", 0, entry)], [])
    assert sorted(module.open_engine(tmp_path / "a").terms("words", "観光")) == ["観光", "観光客"]


def test_the_state_before_is_not_touched(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("ab", 200), [])
    before = content(tmp_path / "a")
    engine = module.open_engine(tmp_path / "a")
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("c", 150), ["a"])
    module.update_engine(tmp_path / "b", tmp_path / "c", [], ["b", "c"])
    assert content(tmp_path / "a") == before
    shutil.rmtree(tmp_path / "b")
    assert set(held(engine, "words", "川")) == {(name, n) for name in "ab" for n in range(200)}
    assert not module.open_engine(tmp_path / "c").slots() or not any(module.open_engine(tmp_path / "c").slots())


def test_a_small_change_shares_what_is_there(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("ab", 400), [])
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("c", 1), [])
    nodes = {p.stat().st_ino for p in (tmp_path / "a").iterdir()}
    shared = [p.stat().st_size for p in (tmp_path / "b").iterdir() if p.stat().st_ino in nodes]
    assert sum(shared) > 0.8 * sum(p.stat().st_size for p in (tmp_path / "a").iterdir())


def test_many_small_changes_do_not_leave_many_files(module: EngineModule, tmp_path: Path) -> None:
    base = None
    for number in range(40):
        target = tmp_path / str(number)
        module.update_engine(base, target, [(f"d{number}", 0, {"words": {"川": [number]}})], [])
        base = target
    assert base
    assert len(list(base.iterdir())) < 16
    assert len(held(module.open_engine(base), "words", "川")) == 40


def test_an_index_of_nothing_finds_nothing(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", [], [])
    engine = module.open_engine(tmp_path / "a")
    assert list(engine.slots()) == []
    assert len(engine.places("words", "川")) == 0
    assert list(engine.terms("words", "")) == []


STEPS = st.lists(
    st.tuples(
        st.dictionaries(
            st.sampled_from("abcdef"),
            st.lists(
                st.dictionaries(st.sampled_from("山川谷"), st.sets(st.integers(0, 2**32 - 1), min_size=1)), max_size=3
            ),
            max_size=3,
        ),
        st.sets(st.sampled_from("abcdef"), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_a_chain_of_changes_holds_what_is_left(
    module: EngineModule,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[dict[str, list[dict[str, set[int]]]], set[str]]],
) -> None:
    home = tmp_path_factory.mktemp("chain")
    expected: dict[tuple[str, int], dict[str, list[int]]] = {}
    base = None
    for number, (added, removed) in enumerate(steps):
        gone = {*added, *removed}
        expected = {key: value for key, value in expected.items() if key[0] not in gone}
        new = [
            (name, n, {w: sorted(p) for w, p in words.items()})
            for name, all_ in added.items()
            for n, words in enumerate(all_)
        ]
        expected |= {(name, n): words for name, n, words in new}
        target = home / str(number)
        module.update_engine(base, target, [(name, n, {"words": words}) for name, n, words in new], sorted(gone))
        base = target
    assert base
    engine = module.open_engine(base)
    assert {slot for slot in engine.slots() if slot} == set(expected)
    for word in "山川谷":
        assert held(engine, "words", word) == {key: words[word] for key, words in expected.items() if word in words}
    engine.close()


def test_all_term_fields_are_kept_apart(module: EngineModule, tmp_path: Path) -> None:
    entry: Entry = {name: {"川": [number]} for number, name in enumerate(TERM_FIELDS)}
    module.update_engine(None, tmp_path / "a", [("a", 0, entry)], [])
    engine = module.open_engine(tmp_path / "a")
    assert [held(engine, name, "川") for name in TERM_FIELDS] == [{("a", 0): [n]} for n in range(len(TERM_FIELDS))]
